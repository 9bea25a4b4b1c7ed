using System.Security.Cryptography.X509Certificates;
using Ingress.Routing.Gateway.DevCertificates;
using Microsoft.Extensions.Time.Testing;

namespace Ingress.Routing.Gateway.Tests.DevCertificates;

public sealed class DevCertificateCacheTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly DevCertificateAuthority _authority;
    private int _issued;

    public DevCertificateCacheTests()
    {
        using var certificate = DevCertificateAuthority.Create(_time.GetUtcNow(), out var keyPem);
        _authority = new(X509Certificate2.CreateFromPem(certificate.ExportCertificatePem(), keyPem));
    }

    public void Dispose() => _authority.Dispose();

    [Fact]
    public void Get_SameName_IsIssuedOnce()
    {
        var cache = Cache();

        Assert.Same(Get(cache, "a.test").Context, Get(cache, "a.test").Context);
        Assert.NotSame(Get(cache, "a.test"), Get(cache, "b.test"));
        Assert.Equal(2, _issued);
    }

    [Fact]
    public void Get_ManyAtOnce_IsIssuedOnce()
    {
        var cache = Cache();

        Parallel.For(0, 100, i => Get(cache, i % 2 == 0 ? "a.test" : "b.test"));

        Assert.Equal(2, _issued);
    }

    [Fact]
    public void Get_LongBeforeItsEnd_IsIssuedAnew()
    {
        var cache = Cache();
        var first = Get(cache, "a.test");
        var end = EndOf(first);

        _time.Advance(TimeSpan.FromDays(59));
        Assert.Same(first, Get(cache, "a.test"));
        _time.Advance(TimeSpan.FromDays(2));
        var second = Get(cache, "a.test");

        Assert.NotSame(first, second);
        Assert.True(_time.GetUtcNow() < end);
        Assert.True(EndOf(second) > end.AddDays(50));
        Assert.Equal(1, cache.Count);
    }

    [Fact]
    public void Get_BeyondItsCapacity_ForgetsWhatWasNotUsedForTheLongestTime()
    {
        var cache = Cache(capacity: 20);
        for (var i = 0; i < 20; i++)
        {
            Get(cache, $"h{i}.test");
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        var oldest = Get(cache, "h0.test");
        Get(cache, "new.test");

        Assert.Equal(19, cache.Count);
        Assert.Same(oldest, Get(cache, "h0.test"));
        Assert.Equal(21, _issued);
        Get(cache, "h1.test");
        Assert.Equal(22, _issued);
    }

    [Fact]
    public void Get_NamesWithoutEnd_StaysBounded()
    {
        var cache = Cache(capacity: 10);

        for (var i = 0; i < 200; i++)
        {
            Get(cache, $"h{i}.test");
            Assert.InRange(cache.Count, 1, 10);
        }
    }

    private static DevCertificate Get(DevCertificateCache cache, string host) => cache.Get(DevCertificateName.ForHost(host)!);

    private static DateTimeOffset EndOf(DevCertificate certificate) => certificate.Context.TargetCertificate.NotAfter;

    private DevCertificateCache Cache(int capacity = 100) => new(
        (name, now) =>
        {
            Interlocked.Increment(ref _issued);
            return new(_authority.Issue(name, now), now);
        },
        _time,
        capacity);
}

using System.Net;
using System.Security.Cryptography.X509Certificates;
using Ingress.Routing.AspNetCore;
using Ingress.Routing.Gateway.DevCertificates;
using Ingress.Routing.Tests.Shared;
using Microsoft.Extensions.Time.Testing;

namespace Ingress.Routing.Gateway.Tests.DevCertificates;

public sealed class DevCertificateProviderTests : IDisposable
{
    private static readonly IngressRouteTable s_named = TableOf("a.test", "*.wild.test", "xn--caf-dma.example");
    private static readonly IngressRouteTable s_open = TableOf("a.test", null);

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly DevCertificateProvider _provider;

    public DevCertificateProviderTests()
    {
        using var certificate = DevCertificateAuthority.Create(_time.GetUtcNow(), out var keyPem);
        _provider = new(new(X509Certificate2.CreateFromPem(certificate.ExportCertificatePem(), keyPem)), _time);
    }

    public void Dispose() => _provider.Dispose();

    [Theory]
    [InlineData("a.test", "a.test")]
    [InlineData("A.Test.", "a.test")]
    [InlineData("b.wild.test", "b.wild.test")]
    [InlineData("caf\u00E9.example", "xn--caf-dma.example")]
    [InlineData("other.test", null)]
    [InlineData("wild.test", null)]
    [InlineData("*.wild.test", null)]
    [InlineData("a..test", null)]
    public void Find_NamedHosts_AnswersForThemAlone(string serverName, string? expected) => Assert.Equal(expected, Find(s_named, serverName));

    [Theory]
    [InlineData("other.test", "other.test")]
    [InlineData("*.other.test", null)]
    public void Find_HostlessRule_AnswersForEveryHost(string serverName, string? expected) => Assert.Equal(expected, Find(s_open, serverName));

    [Theory]
    [InlineData(null)]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    public void Find_TheMachineItself_AnswersWithTheAddressOfTheConnection(string? serverName)
    {
        var context = _provider.FindCertificate(new()
        {
            ServerName = serverName,
            LocalEndPoint = new IPEndPoint(IPAddress.Parse("::ffff:192.0.2.1"), 8443),
            Table = IngressRouteTable.Empty,
        });

        var names = context!.TargetCertificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        Assert.Equal([IPAddress.Parse("192.0.2.1")], names.EnumerateIPAddresses());
        Assert.Equal(["localhost"], names.EnumerateDnsNames());
    }

    [Fact]
    public void Find_NameIsNoLongerRouted_StopsAnswering()
    {
        Assert.NotNull(Find(s_named, "a.test"));

        Assert.Null(Find(IngressRouteTable.Empty, "a.test"));
    }

    [Fact]
    public void Find_CaHasExpired_StopsAnswering()
    {
        Assert.NotNull(Find(s_named, "a.test"));

        _time.Advance(TimeSpan.FromDays(3660));

        Assert.Null(Find(s_named, "a.test"));
    }

    private static IngressRouteTable TableOf(params string?[] hosts)
        => IngressRouteTable.Compile(Some.Snapshot(Some.Ingress("shop/web", hosts.Select(host => Some.Rule(host, Some.Prefix("/"))))));

    private string? Find(IngressRouteTable table, string serverName)
        => _provider.FindCertificate(new ServerCertificateRequest { ServerName = serverName, Table = table })
            ?.TargetCertificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single().EnumerateDnsNames().Single();
}

using Ingress.Routing.Matching;
using Ingress.Routing.Tests.Shared;
using Ingress.Routing.Tls;

namespace Ingress.Routing.Tests.Tls;

public sealed class CertificateNamesTests
{
    // Few names are compared one by one, many are searched for.
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(5_000)]
    public void Cover_AnyNumberOfNames_IsExactOrOneLabelOfAWildcard(int more)
    {
        var names = new CertificateNames(
            [.. Enumerable.Range(0, more).Select(i => $"n{i}.more.test"), "a.h.test", "*.h.test", "under_score.test", "*.x.h.test"]);

        foreach (var (name, isCovered) in new[]
        {
            ("a.h.test", true), ("A.H.TEST", true), ("b.h.test", true), ("B.h.Test", true), ("b.x.h.test", true), ("UNDER_score.test", true),
            ("h.test", false), ("c.b.h.test", false), ("c.b.x.h.test", false), ("a.h.tes", false), ("a.h.testx", false), ("test", false),
            ("zz.more.test", false), ("*.test", false), ("127.0.0.1", false),
        })
        {
            Assert.True(RequestHost.TryReadName(name, out var host));
            Assert.True(isCovered == names.Cover(host), name);
        }

        Assert.True(names.CoverHost("*.h.test"));
        Assert.True(names.CoverHost("b.h.test"));
        Assert.False(names.CoverHost("*.a.h.test"));
        Assert.False(names.CoverHost("*.test"));
    }

    [Fact]
    public void Canonical_OddNames_AreMadeCanonicalOrLeftOut()
        => Assert.Equal(
            ["a.test", "*.a.test", "xn--caf-dma.test"],
            CertificateNames.Canonical(["A.test.", "a.TEST", "*.a.test", "*.A.test", "", "*.", "*", "a..b", "127.0.0.1", "x*.test", "a\0.test", "caf\u00e9.test"]));

    // Hosts times names: 20,000 of each took minutes when every name was compared.
    [Fact]
    public void Compile_ManyHostsOfOneCertificateWithManyNames_GrowsWithTheirSum()
    {
        var hosts = Enumerable.Range(0, 20_000).Select(i => $"n{i}.many.test").ToArray();
        var secret = TestCertificates.Secret("t/crt", hosts);
        var ingress = Some.Ingress("t/i", defaultBackend: Some.Backend("web"), tls: [Some.Tls("crt", hosts), Some.Tls("crt")]);
        var started = System.Diagnostics.Stopwatch.StartNew();

        var table = IngressRouteTable.Compile(new() { Ingresses = [ingress], Secrets = [secret] });

        Assert.Equal(20_000, table.FindCertificate("n7.many.test")?.DnsNames.Count);
        Assert.True(started.Elapsed < TimeSpan.FromSeconds(30), started.Elapsed.ToString());
    }
}

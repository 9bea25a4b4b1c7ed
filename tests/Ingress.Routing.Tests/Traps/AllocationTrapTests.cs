using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Traps;

/// <summary>Trap 29: the common case allocates nothing, whatever becomes of the request.</summary>
[Collection(nameof(Measurements))]
public sealed class AllocationTrapTests
{
    private static readonly IngressRouteTable s_table = RouteTableAnswers.TableOf(
        Some.Ingress(
            "exact",
            [Some.Rule("a.h.test", Some.Exact("/a/b/c"), Some.Prefix("/a/b"), Some.ImplementationSpecific("/d"))],
            Some.Backend("default")),
        Some.Ingress("wildcard", [Some.Rule("*.h.test", Some.Prefix("/"))]),
        Some.Ingress("hostless", [Some.Rule(null, Some.Exact("/only"))]));

    [Theory]
    [InlineData("a.h.test", "/a/b/c", IngressMatchStatus.Rule)]
    [InlineData("a.h.test", "/a/b/c/d/e/f/g/h", IngressMatchStatus.Rule)]
    [InlineData("a.h.test", "/d/?query=1&more=%zz", IngressMatchStatus.Rule)]
    [InlineData("a.h.test", "/miss", IngressMatchStatus.DefaultBackend)]
    [InlineData("a.h.test:8080", "/a/b", IngressMatchStatus.Rule)]
    [InlineData("a.h.test.", "/a/b", IngressMatchStatus.Rule)]
    [InlineData("A.H.TEST", "/a/b", IngressMatchStatus.Rule)]
    [InlineData("b.h.test", "/x/y", IngressMatchStatus.Rule)]
    [InlineData("other.test", "/only", IngressMatchStatus.Rule)]
    [InlineData("192.0.2.1", "/only", IngressMatchStatus.Rule)]
    [InlineData("[2001:db8::1]:80", "/only", IngressMatchStatus.Rule)]
    [InlineData("", "/only", IngressMatchStatus.Rule)]
    [InlineData("a..b", "/", IngressMatchStatus.BadRequest)]
    [InlineData("a.h.test", "/%zz", IngressMatchStatus.BadRequest)]
    [InlineData("a.h.test", "/caf%C3%A9", IngressMatchStatus.DefaultBackend)] // escapes that have to stay
    [InlineData("a.h.test", "/.well-known/x", IngressMatchStatus.DefaultBackend)]
    public void Trap29_Match_CanonicalRequest_AllocatesNothing(string host, string target, IngressMatchStatus expected)
    {
        const int Rounds = 2_000;
        Assert.Equal(expected, s_table.Match(host, target).Status);
        MatchRepeatedly(host, target, Rounds);

        var before = GC.GetAllocatedBytesForCurrentThread();
        MatchRepeatedly(host, target, Rounds);
        var after = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(0, after - before);
    }

    [Theory]
    [InlineData("admin.h.test", false)]
    [InlineData("admin.h.test", true)]
    [InlineData("OPEN.h.test.:8443", false)]
    [InlineData("OPEN.h.test.:8443", true)]
    [InlineData("unknown.test", true)]
    public void Trap29_MatchAndEvaluateTls_WithAndWithoutPolicies_AllocatesNothing(string host, bool hasPolicies)
    {
        const int Rounds = 2_000;
        var table = RouteTableAnswers.TableOf(
            Some.Ingress(
                "t/admin",
                [Some.Rule("admin.h.test", Some.Prefix("/"))],
                annotations: hasPolicies ? new Dictionary<string, string> { ["ingress.routing/client-certificates"] = "require" } : null),
            Some.Ingress("t/open", [Some.Rule("open.h.test", Some.Prefix("/"))]),
            Some.Ingress("t/rest", defaultBackend: Some.Backend("web")));
        var handshake = table.BeginHandshake(host.Split('.')[0] + ".h.test");
        Evaluate();

        var before = GC.GetAllocatedBytesForCurrentThread();
        Evaluate();
        var after = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(0, after - before);

        void Evaluate()
        {
            for (var i = 0; i < Rounds; i++)
            {
                Assert.True(TlsPolicyEvaluator.Evaluate(table.Match(host, "/"), new(host, "/", IsHttps: true, handshake)) == TlsVerdict.Serve);
            }
        }
    }

    [Theory]
    [InlineData("a.h.test")]
    [InlineData("B.H.Test.")]
    [InlineData("")]
    public void Trap29_FindCertificate_AsciiName_AllocatesNothing(string serverName)
    {
        const int Rounds = 2_000;
        var table = IngressRouteTable.Compile(new()
        {
            Ingresses = [Some.Ingress("t/i", defaultBackend: Some.Backend("web"), tls: [Some.Tls("crt", "a.h.test", "*.h.test")])],
            Secrets = [TestCertificates.Secret("t/crt", "a.h.test", "*.h.test")],
        });
        AssertAllocatesNothing(table, serverName, Rounds);
    }

    [Theory]
    [InlineData("a.h.test")]
    [InlineData("B.H.Test.")]
    [InlineData("")]
    public void Trap29_FindCertificate_OtherKindOfKeys_AllocatesNothing(string serverName)
    {
        const int Rounds = 2_000;
        var table = IngressRouteTable.Compile(new()
        {
            Ingresses = [Some.Ingress("t/i", defaultBackend: Some.Backend("web"), tls: [Some.Tls("crt", "a.h.test", "*.h.test"), Some.Tls("rsa", "a.h.test", "*.h.test")])],
            Secrets = [TestCertificates.Secret("t/crt", "a.h.test", "*.h.test"), TestCertificates.RsaSecret("t/rsa", "a.h.test", "*.h.test")],
        });
        Assert.Equal(serverName.Length > 0, table.FindCertificate(serverName, CertificateKeyKinds.Rsa)?.KeyKind == CertificateKeyKinds.Rsa);
        AssertAllocatesNothing(table, serverName, Rounds);
    }

    private static void AssertAllocatesNothing(IngressRouteTable table, string serverName, int rounds)
    {
        FindRepeatedly(table, serverName, rounds);

        var before = GC.GetAllocatedBytesForCurrentThread();
        FindRepeatedly(table, serverName, rounds);
        var after = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(0, after - before);
    }

    private static void MatchRepeatedly(string host, string target, int rounds)
    {
        for (var i = 0; i < rounds; i++)
        {
            s_table.Match(host, target);
        }
    }

    private static void FindRepeatedly(IngressRouteTable table, string serverName, int rounds)
    {
        for (var i = 0; i < rounds; i++)
        {
            table.FindCertificate(serverName);
            table.FindCertificate(serverName, CertificateKeyKinds.Rsa);
        }
    }
}

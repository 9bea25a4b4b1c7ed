using Ingress.Routing.Model;
using Ingress.Routing.Policies;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Nginx.Tests;

public sealed class HttpsRedirectTests
{
    private static readonly IngressRule s_rule = Some.Rule("h.test", Some.Prefix("/a"));

    // nginx-corrections 8: any entry counts for all hosts of its Ingress, listed there or not.
    [Theory]
    [InlineData(null, true, 308)]
    [InlineData("true", true, 308)]
    [InlineData("false", true, 0)]
    [InlineData("yes", true, 308)]
    [InlineData(null, false, 0)]
    [InlineData("true", false, 0)]
    public void SslRedirect_NeedsAnEntryForTls(string? text, bool hasTls, int status)
        => Assert.Equal(status, Ask(hasTls, "/a", text is null ? [] : [("ssl-redirect", text)]).Status);

    [Fact]
    public void SslRedirect_WhereNoHandshakeWouldBeAnswered_DoesNothing()
        => Assert.False(Ask(true, "/a", [], hasCertificate: false).IsAnswer);

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void ForceSslRedirect_NeedsNothing(bool hasTls, bool hasCertificate)
        => Assert.Equal(308, Ask(hasTls, "/a", [("force-ssl-redirect", "true"), ("ssl-redirect", "false")], hasCertificate).Status);

    [Theory]
    [InlineData("/a", false, "https://H.test/a")]
    [InlineData("/a/", false, "https://H.test/a")]
    [InlineData("/a?next=/", false, "https://H.test/a?next=")]
    [InlineData("/a//", false, "https://H.test/a")]
    [InlineData("/a/", true, "https://H.test/a/")]
    [InlineData("/", false, "https://H.test")]
    public void Location_LosesOneSlashAtItsEnd(string target, bool preserves, string location)
    {
        (string, string)[] annotations = [("force-ssl-redirect", "true"), ("preserve-trailing-slash", preserves ? "true" : "false")];

        Assert.Equal(location, Ask(false, target, annotations).Location);
    }

    [Theory]
    [InlineData(null, "https://H.test/a")]
    [InlineData("true", "https://H.test:8443/a")]
    public void UsePortInRedirects_NamesThePort(string? text, string location)
    {
        (string, string)[] annotations = [("force-ssl-redirect", "true"), .. text is null ? [] : new[] { ("use-port-in-redirects", text) }];

        Assert.Equal(location, Ask(false, "/a", annotations).Location);
    }

    // nginx-corrections 5: the path of the rule, and not that of the request.
    [Theory]
    [InlineData("/.well-known/acme-challenge/x", false)]
    [InlineData("/", true)]
    public void NoTlsRedirectLocations_AreThoseOfRules(string path, bool isRedirected)
    {
        var table = TableOf(new(), Some.Ingress("t/i", [Some.Rule("h.test", Some.Prefix(path))], tls: [Some.Tls("crt")]));

        Assert.Equal(isRedirected, Ask(table, "/.well-known/acme-challenge/x").IsAnswer);
    }

    // section 1.4: that a host has TLS is known of all its Ingresses.
    [Fact]
    public void SslRedirect_OfAnIngressWithoutTls_IsInForceWhereAnotherOneHasIt()
    {
        var table = TableOf(
            new(),
            Some.Ingress("t/i", [s_rule]),
            Some.Ingress("t/other", [Some.Rule("h.test", Some.Prefix("/b"))], tls: [Some.Tls("crt", "h.test")]),
            Some.Ingress("t/solver", [Some.Rule("h.test", Some.Prefix("/c"))], annotations: NginxScenario.Named(("ssl-redirect", "false"))));

        Assert.Equal(308, Ask(table, "/a").Status);
        Assert.Equal(308, Ask(table, "/b").Status);
        Assert.Equal(0, Ask(table, "/c").Status);
    }

    [Fact]
    public void SslRedirect_OtherIngressComesAndGoes_FollowsIt()
    {
        var other = Some.Ingress("t/other", [Some.Rule("h.test", Some.Prefix("/b"))], tls: [Some.Tls("crt", "h.test")]);
        var before = TableOf(new(), Some.Ingress("t/i", [s_rule]));
        var with = before.Apply(new() { Upserted = [other] });
        var without = with.Apply(new() { Removed = [other.Reference] });

        Assert.Equal([0, 308, 0], new[] { before, with, without }.Select(table => Ask(table, "/a").Status));
    }

    [Fact]
    public void Controller_SaysTheDefaults()
    {
        var options = new NginxOptions { SslRedirect = false, HttpRedirectCode = 301, UsePortInRedirects = true };
        var ingress = Some.Ingress("t/i", [s_rule], annotations: NginxScenario.Named(("force-ssl-redirect", "true")));

        var outcome = Ask(TableOf(options, ingress), "/a");

        Assert.Equal((301, "https://H.test:8443/a"), (outcome.Status, outcome.Location));
        Assert.False(Ask(TableOf(options, Some.Ingress("t/i", [s_rule], tls: [Some.Tls("crt")])), "/a").IsAnswer);
    }

    // Our own dialect goes first.
    [Fact]
    public void OwnAnnotation_Decides()
    {
        var ingress = Some.Ingress(
            "t/i", [s_rule], tls: [Some.Tls("crt")], annotations: new Dictionary<string, string> { ["ingress.routing/https-redirect"] = "false" });

        Assert.False(Ask(TableOf(new(), ingress), "/a").IsAnswer);
    }

    [Theory]
    [InlineData("permanent-redirect")]
    [InlineData("temporal-redirect")]
    public void OtherRedirects_GoBefore(string name)
        => Assert.Equal("https://other.test/", Ask(true, "/a", [(name, "https://other.test/")]).Location);

    [Fact]
    public void Hsts_IsThatOfTheController()
    {
        var ingress = Some.Ingress("t/i", [s_rule]);

        Assert.Equal("max-age=31536000; includeSubDomains", HstsOf(TableOf(new(), ingress)));
        Assert.Equal("max-age=60; preload", HstsOf(TableOf(new() { HstsMaxAge = 60, HstsIncludeSubdomains = false, HstsPreload = true }, ingress)));
        Assert.Null(HstsOf(TableOf(new() { Hsts = false }, ingress)));
    }

    [Fact]
    public void SslCiphers_KnownOnesAreChosen()
    {
        var table = TableOf(new(), Some.Ingress("t/i", [s_rule], annotations: NginxScenario.Named(("ssl-ciphers", "ECDHE-RSA-AES256-GCM-SHA384:HIGH:!aNULL"))));

        var policy = table.PoliciesOf("h.test").Tls;

        Assert.Contains(System.Net.Security.TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, policy.CipherSuites);
        Assert.True(policy.Speaks(TlsVersion.Tls12));
        Assert.True(policy.Speaks(TlsVersion.Tls13));
        Assert.Empty(table.PoliciesOf("other.test").Tls.CipherSuites);
    }

    [Fact]
    public void SslCiphers_NoneIsKnown_IsReportedAndIgnored()
    {
        var scenario = NginxScenario.Of(("ssl-ciphers", "ALL"));

        Assert.Single(scenario.Findings);
        Assert.Empty(scenario.Table.PoliciesOf("h.test").Tls.CipherSuites);
    }

    private static string? HstsOf(IngressRouteTable table) => table.PoliciesOf("h.test").StrictTransportSecurity?.ToString();

    private static PolicyOutcome Ask(bool hasTls, string target, (string, string)[] annotations, bool hasCertificate = true)
        => Ask(
            TableOf(new(), Some.Ingress("t/i", [Some.Rule("h.test", Some.Prefix("/"))], tls: hasTls ? [Some.Tls("crt")] : null, annotations: NginxScenario.Named(annotations))),
            target,
            hasCertificate);

    private static PolicyOutcome Ask(IngressRouteTable table, string target, bool hasCertificate = true)
    {
        var match = table.Match("H.test", target);
        var request = new PolicyRequest(match, "h.test") { ReceivedHost = "H.test", HasCertificate = hasCertificate };
        return match.Route!.Policies.Evaluate(request);
    }

    private static IngressRouteTable TableOf(NginxOptions options, params IngressResource[] ingresses)
        => IngressRouteTable.Compile(Some.Snapshot(ingresses), new() { AnnotationDialects = [NginxAnnotations.CreateDialect(options)], HttpsPort = 8443 });
}

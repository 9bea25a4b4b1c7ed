using Ingress.Routing.Diagnostics;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Nginx.Tests;

/// <summary>auth-tls-*: what it comes to for the host. How it is answered is tested on sockets.</summary>
public sealed class ClientCertificateTests
{
    private static readonly TestAuthority s_authority = new("ours");

    [Theory]
    [InlineData(null, ClientCertificateMode.Require)]
    [InlineData("on", ClientCertificateMode.Require)]
    [InlineData("optional", ClientCertificateMode.Optional)]
    [InlineData("optional_no_ca", ClientCertificateMode.Report)]
    [InlineData("true", ClientCertificateMode.Require)]
    public void VerifyClient_SaysWhoIsRefused_ByAnAnswer(string? mode, ClientCertificateMode expected)
    {
        (string, string)[] annotations = [("auth-tls-secret", "t/ca"), .. mode is null ? [] : new[] { ("auth-tls-verify-client", mode) }];
        var policies = TableOf(annotations).PoliciesOf("h.test");

        Assert.Equal(expected, policies.Tls.ClientCertificates);
        Assert.True(policies.Tls.RefusesByAnswer);
        Assert.Null(policies.Tls.ClientTrust!.Problem);
        Assert.True(policies.ForwardClientCertificate);
        Assert.Equal(ClientCertificateHeaderStyle.SslClient, policies.ClientCertificateHeaderStyle);
    }

    [Fact]
    public void VerifyClient_Off_AsksForNothing()
    {
        var table = TableOf(("auth-tls-secret", "t/ca"), ("auth-tls-verify-client", "off"));

        Assert.Equal(ClientCertificateMode.None, table.PoliciesOf("h.test").Tls.ClientCertificates);
        Assert.Equal(TlsVerdict.Serve, Evaluate(table, ClientCertificateOutcome.None));
    }

    // The trap there: some of these leave the host open.
    [Theory]
    [InlineData("auth-tls-secret", "ca")]
    [InlineData("auth-tls-secret", "")]
    [InlineData("auth-tls-secret", "t/gone")]
    [InlineData("auth-tls-secret", "other/ca")]
    [InlineData("auth-tls-secret", "t/ca/x")]
    [InlineData("auth-tls-match-cn", "alice")]
    [InlineData("auth-tls-match-cn", "CN=(")]
    [InlineData("auth-tls-match-cn", "CN=(a)\\1")]
    [InlineData("auth-tls-match-cn", "CN=x\n; return 200")]
    public void WhatCannotBeUnderstood_LetsNoClientIn(string name, string text)
    {
        var table = TableOf([.. name == "auth-tls-secret" ? [] : new[] { ("auth-tls-secret", "t/ca") }, (name, text)]);

        Assert.Equal(TlsVerdict.CertificateRequired, Evaluate(table, ClientCertificateOutcome.Verified));
        Assert.Equal(TlsVerdict.CertificateRequired, Evaluate(table, null));
        Assert.Contains(
            table.Diagnostics,
            item => item.Severity == IngressDiagnosticSeverity.Error && item.Field == $"metadata.annotations[nginx.ingress.kubernetes.io/{name}]");
    }

    [Theory]
    [InlineData("auth-tls-verify-client", "on")]
    [InlineData("auth-tls-match-cn", "CN=alice")]
    public void WithoutSecret_LetsNoClientIn(string name, string text)
        => Assert.Equal(TlsVerdict.CertificateRequired, Evaluate(TableOf((name, text)), ClientCertificateOutcome.Verified));

    [Theory]
    [InlineData("auth-tls-verify-client", "off")]
    [InlineData("auth-tls-verify-depth", "2")]
    [InlineData("auth-tls-pass-certificate-to-upstream", "true")]
    public void WithoutSecret_WhatProtectsNothing_ChangesNothing(string name, string text)
        => Assert.Equal(TlsVerdict.Serve, Evaluate(TableOf((name, text)), null));

    [Theory]
    [InlineData(ClientCertificateOutcome.None, TlsVerdict.CertificateRefused)]
    [InlineData(ClientCertificateOutcome.Failed, TlsVerdict.CertificateRefused)]
    [InlineData(ClientCertificateOutcome.Verified, TlsVerdict.Serve)]
    public void On_IsEvaluatedForEachRequest(ClientCertificateOutcome outcome, TlsVerdict expected)
        => Assert.Equal(expected, Evaluate(TableOf(("auth-tls-secret", "t/ca")), outcome));

    [Theory]
    [InlineData("CN=alice", TlsVerdict.Serve)]
    [InlineData("CN=(alice|bob)", TlsVerdict.Serve)]
    [InlineData("CN=bob", TlsVerdict.CertificateRequired)]
    public void MatchCn_OccursInTheSubject(string pattern, TlsVerdict expected)
        => Assert.Equal(expected, Evaluate(TableOf(("auth-tls-secret", "t/ca"), ("auth-tls-match-cn", pattern)), ClientCertificateOutcome.Verified));

    [Theory]
    [InlineData("https://errors.test/x", true)]
    [InlineData("/x", false)]
    [InlineData("@named", false)]
    [InlineData("ftp://errors.test/", false)]
    public void ErrorPage_IsAnAbsoluteUrl(string text, bool isTaken)
        => Assert.Equal(isTaken ? text : null, TableOf(("auth-tls-secret", "t/ca"), ("auth-tls-error-page", text)).PoliciesOf("h.test").ClientCertificateErrorPage);

    [Theory]
    [InlineData(null, "h.test", 400)]
    [InlineData("https://errors.test/x", "h.test", 302)]
    [InlineData(null, null, 308)]
    public void Explain_TellsTheStatusOfTheAnswer(string? errorPage, string? serverName, int status)
    {
        (string, string)[] annotations =
            [("auth-tls-secret", "t/ca"), ("force-ssl-redirect", "true"), .. errorPage is null ? [] : new[] { ("auth-tls-error-page", errorPage) }];

        Assert.Equal(status, TableOf(annotations).Explain("h.test", "/", serverName).StatusCode);
    }

    [Fact]
    public void DepthAndCertificate_AreWhatIsAskedFor()
    {
        var policies = TableOf(("auth-tls-secret", "t/ca"), ("auth-tls-verify-depth", "3"), ("auth-tls-pass-certificate-to-upstream", "true")).PoliciesOf("h.test");

        Assert.Equal(3, policies.Tls.ClientTrust!.MaxIntermediates);
        Assert.Equal(ClientCertificateHeaderStyle.SslClientWithCertificate, policies.ClientCertificateHeaderStyle);
    }

    [Fact]
    public void Secret_ThatComesLater_IsInForceThen()
    {
        var before = TableOf(("auth-tls-secret", "t/later"));

        var after = before.Apply(new() { Upserted = [TestAuthority.Secret("t/later", s_authority)] });

        Assert.Equal(TlsVerdict.CertificateRequired, Evaluate(before, ClientCertificateOutcome.Verified));
        Assert.Equal(TlsVerdict.Serve, Evaluate(after, ClientCertificateOutcome.Verified));
    }

    [Fact]
    public void OtherNamespace_IsForTheControllerToAllow()
    {
        var table = TableOf(new NginxOptions { AllowCrossNamespaceResources = true }, ("auth-tls-secret", "other/ca"));

        Assert.Equal(TlsVerdict.Serve, Evaluate(table, ClientCertificateOutcome.Verified));
    }

    private static IngressRouteTable TableOf(params (string, string)[] annotations) => TableOf(new NginxOptions(), annotations);

    private static IngressRouteTable TableOf(NginxOptions options, params (string, string)[] annotations) => IngressRouteTable.Compile(
        new()
        {
            Ingresses = [Some.Ingress("t/i", [Some.Rule("h.test", Some.Prefix("/"))], annotations: NginxScenario.Named(annotations))],
            Secrets = [TestAuthority.Secret("t/ca", s_authority), TestAuthority.Secret("other/ca", s_authority)],
        },
        new() { AnnotationDialects = [NginxAnnotations.CreateDialect(options)] });

    // A request over https with that outcome; null is plain http.
    private static TlsVerdict Evaluate(IngressRouteTable table, ClientCertificateOutcome? outcome)
        => TlsPolicyEvaluator.Evaluate(
            table.Match("h.test", "/"),
            new("h.test", "/", IsHttps: outcome is not null, outcome is null ? null : table.BeginHandshake("h.test"))
            {
                ClientCertificate = outcome is { } known ? new() { Outcome = known, Subject = known == ClientCertificateOutcome.None ? null : "CN=alice" } : null,
            });
}

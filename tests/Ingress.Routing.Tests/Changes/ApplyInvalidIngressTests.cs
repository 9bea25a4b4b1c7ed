using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Changes;

/// <summary>An Ingress that was never served takes nothing along when it goes (D4, trap 27).</summary>
public sealed class ApplyInvalidIngressTests
{
    // No host has upper-case letters (semantics 2.3), so this one claims nothing; least of all the host that it looks like.
    [Fact]
    public void Apply_RemovedIngressWithHostInOtherCase_LeavesTheHostAlone()
    {
        var victim = Some.Ingress("t/victim", [Some.Rule("shop.test", Some.Prefix("/"))]);
        var invalid = Some.Ingress("u/invalid", [Some.Rule("SHOP.test", Some.Prefix("/", "evil"))], ageSeconds: 1);
        var table = IngressRouteTable.Compile(Some.Snapshot(victim, invalid));

        var next = table.Apply(new() { Removed = [invalid.Reference] });

        Assert.Equal("web", table.Answer("shop.test", "/"));
        Assert.Equal("web", next.Answer("shop.test", "/"));
        Assert.Single(next.Routes);
    }

    [Fact]
    public void Apply_RemovedIngressWithTlsHostInOtherCase_LeavesTheCertificateAlone()
    {
        var secret = TestCertificates.Secret("t/crt", "shop.test");
        var victim = Some.Ingress("t/victim", defaultBackend: Some.Backend("web"), tls: [Some.Tls("crt", "shop.test")]);
        var invalid = Some.Ingress("u/invalid", defaultBackend: Some.Backend("web"), tls: [Some.Tls(null, "SHOP.test")], ageSeconds: 1);
        var table = IngressRouteTable.Compile(new() { Ingresses = [victim, invalid], Secrets = [secret] });

        var next = table.Apply(new() { Removed = [invalid.Reference] });

        Assert.Same(secret, table.FindCertificate("shop.test")?.Secret);
        Assert.Same(secret, next.FindCertificate("shop.test")?.Secret);
    }
}

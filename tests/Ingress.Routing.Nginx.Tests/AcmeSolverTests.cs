using System.Net;
using Ingress.Routing.Model;
using Ingress.Routing.Policies;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Nginx.Tests;

/// <summary>The Ingress that cert-manager makes for a challenge, beside a site with everything that ingress-nginx asks of its clients.</summary>
public sealed class AcmeSolverTests
{
    private const string Token = "/.well-known/acme-challenge/LoqXcYV8q5ONbJQxbmR7SCTNo3tiAXDfowyjxAjEuX0";

    public static TheoryData<string, string> Sites => new()
    {
        { "ssl-redirect", "true" },
        { "force-ssl-redirect", "true" },
        { "auth-url", "http://auth.test/" },
        { "auth-tls-secret", "t/ca" },
        { "whitelist-source-range", "192.0.2.1" },
        { "permanent-redirect", "https://elsewhere.test" },
        { "use-regex", "true" },
        { "rewrite-target", "/$1" },
    };

    [Theory]
    [MemberData(nameof(Sites))]
    public void Match_Token_IsTheSolversAndIsServed(string annotation, string value)
    {
        foreach (var pathType in new[] { PathTypes.Exact, PathTypes.ImplementationSpecific })
        {
            var table = TableOf(annotation, value, pathType);

            var match = table.Match("h.test", Token);
            Assert.Equal("solver", match.Route!.Source.Name.Name);
            Assert.Equal(TlsVerdict.Serve, TlsPolicyEvaluator.Evaluate(match, new("h.test", Token, IsHttps: false, Handshake: null)));
            var request = new PolicyRequest(match, "h.test") { Scheme = "http", HasCertificate = true, ClientAddress = IPAddress.Parse("198.51.100.7") };
            Assert.All(match.Route.Policies.All.OfType<RequestPolicy>(), policy => Assert.False(policy.Evaluate(request).IsAnswer, policy.Describe()));
            Assert.Null(match.Route.Policies.Find<ExternalAuthentication>());
            Assert.False(match.Route.Policies.IsClosed);
        }
    }

    private static IngressRouteTable TableOf(string annotation, string value, string pathType)
    {
        var site = Some.Ingress(
            "t/site",
            [Some.Rule("h.test", Some.ImplementationSpecific(annotation is "use-regex" or "rewrite-target" ? "/(.*)" : "/"))],
            tls: [Some.Tls("crt", "h.test")],
            annotations: new Dictionary<string, string> { [$"nginx.ingress.kubernetes.io/{annotation}"] = value });
        var solver = Some.Ingress(
            "t/solver",
            [Some.Rule("h.test", Some.Path(pathType, Token, "cm-acme-http-solver-w7xhk", 8089))],
            ageSeconds: 100,
            annotations: new Dictionary<string, string> { ["nginx.ingress.kubernetes.io/whitelist-source-range"] = "0.0.0.0/0,::/0" });
        solver = solver with { Metadata = solver.Metadata with { Labels = new Dictionary<string, string> { ["acme.cert-manager.io/http01-solver"] = "true" } } };
        return IngressRouteTable.Compile(
            new() { Ingresses = [site, solver], Secrets = [TestAuthority.Secret("t/ca", new TestAuthority("ours"))] },
            new() { AnnotationDialects = [NginxAnnotations.CreateDialect(new())] });
    }
}

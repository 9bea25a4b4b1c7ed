using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Conformance;

/// <summary>Semantics 12.8: the Ingress of a solver, as cert-manager makes it, beside Ingresses that want something else for the whole host.</summary>
public sealed class AcmeChallengeTests
{
    private const string Token = "/.well-known/acme-challenge/LoqXcYV8q5ONbJQxbmR7SCTNo3tiAXDfowyjxAjEuX0";

    private static readonly SecretResource s_ca = TestAuthority.Secret("shop/ca", new TestAuthority("ours"));

    public static TheoryData<string> PathTypesOfSolvers => [PathTypes.Exact, PathTypes.ImplementationSpecific];

    [Theory]
    [MemberData(nameof(PathTypesOfSolvers))]
    public void Match_BesideTheSite_SolverWins(string pathType)
    {
        var table = TableOf(Site(), Solver(pathType));

        Assert.Equal("solver", table.Match("shop.test", Token).Route!.Source.Name.Name);
        Assert.Equal("site", table.Match("shop.test", "/.well-known/acme-challenge/other").Route!.Source.Name.Name);
    }

    [Theory]
    [MemberData(nameof(PathTypesOfSolvers))]
    public void EvaluateTls_SiteRedirects_SolverIsServed(string pathType)
    {
        var table = TableOf(Site(("https-redirect", "true"), ("hsts", "max-age=60")), Solver(pathType));

        Assert.Equal(TlsVerdict.RedirectToHttps, table.EvaluateTls("shop.test", "/", isHttps: false));
        Assert.Equal(TlsVerdict.Serve, table.EvaluateTls("shop.test", Token, isHttps: false));
    }

    [Fact]
    public void EvaluateTls_AllHostsRedirect_SolverIsServed()
    {
        var table = IngressRouteTable.Compile(Some.Snapshot(Site(), Solver()), new() { Tls = new() { RedirectToHttps = true } });

        Assert.Equal(TlsVerdict.RedirectToHttps, table.EvaluateTls("shop.test", "/", isHttps: false));
        Assert.Equal(TlsVerdict.Serve, table.EvaluateTls("shop.test", Token, isHttps: false));
    }

    [Theory]
    [MemberData(nameof(PathTypesOfSolvers))]
    public void EvaluateTls_SiteWantsClientCertificates_SolverIsServedOverPlainHttpAlone(string pathType)
    {
        var table = TableOf(Site(("client-certificates", "require"), ("client-certificate-secret", "ca")), Solver(pathType));

        Assert.Equal(TlsVerdict.CertificateRequired, table.EvaluateTls("shop.test", "/", isHttps: false));
        Assert.Equal(TlsVerdict.Serve, table.EvaluateTls("shop.test", Token, isHttps: false));
        Assert.Equal(TlsVerdict.CertificateRequired, table.EvaluateTls("shop.test", Token, isHttps: true));
        Assert.Equal(TlsVerdict.Misdirected, table.EvaluateTls("shop.test", Token, isHttps: true, table.BeginHandshake("other.test")));
        Assert.Equal(TlsVerdict.CertificateRequired, table.EvaluateTls("shop.test", Token + "/../..", isHttps: false));
    }

    [Fact]
    public void EvaluateTls_SolverComesAndGoesByChanges_IsAsWhenCompiled()
    {
        var site = Site(("client-certificates", "require"), ("client-certificate-secret", "ca"));
        var table = TableOf(site).Apply(new() { Upserted = [Solver()] });
        Assert.Equal(TlsVerdict.Serve, table.EvaluateTls("shop.test", Token, isHttps: false));

        var plain = Solver();
        table = table.Apply(new() { Upserted = [plain with { Metadata = plain.Metadata with { Labels = new Dictionary<string, string>() } }] });
        Assert.Equal(TlsVerdict.CertificateRequired, table.EvaluateTls("shop.test", Token, isHttps: false));

        table = table.Apply(new() { Upserted = [Solver()] }).Apply(new() { Removed = [Solver().Reference] });
        Assert.Equal(TlsVerdict.CertificateRequired, table.EvaluateTls("shop.test", Token, isHttps: false));
    }

    [Fact]
    public void EvaluateTls_CodeWantsClientCertificates_SolverIsNoExemption()
    {
        var options = new RouteTableOptions
        {
            Tls = new() { ClientCertificates = new() { Mode = ClientCertificateMode.Require, AuthoritiesSecret = new("shop", "ca") } },
        };
        var table = IngressRouteTable.Compile(new() { Ingresses = [Site(), Solver()], Secrets = [s_ca] }, options);

        Assert.Equal(TlsVerdict.CertificateRequired, table.EvaluateTls("shop.test", Token, isHttps: false));
    }

    [Fact]
    public void EvaluateTls_SolverOfAnotherNamespace_IsNoExemption()
    {
        var other = Solver();
        other = other with { Metadata = other.Metadata with { Namespace = "other" } };
        var table = TableOf(Site(("client-certificates", "require"), ("client-certificate-secret", "ca")), other);

        Assert.Equal(TlsVerdict.CertificateRequired, table.EvaluateTls("shop.test", Token, isHttps: false));
    }

    [Theory]
    [InlineData(PathTypes.Prefix, Token)]
    [InlineData(PathTypes.Exact, "/admin")]
    [InlineData(PathTypes.Exact, "/.well-known/acme-challenge/")]
    [InlineData(PathTypes.Exact, "/.well-known/acme-challenge/a/b")]
    [InlineData(PathTypes.Exact, "/.well-known/acme-challenge/%2e%2e")]
    [InlineData(PathTypes.Exact, "/.well-known/acme-challenge/..")]
    public void EvaluateTls_LabelOnSomethingElse_IsNoExemption(string pathType, string path)
    {
        var table = TableOf(Site(("client-certificates", "require"), ("client-certificate-secret", "ca")), Solver(pathType, path));

        Assert.Equal(TlsVerdict.CertificateRequired, table.EvaluateTls("shop.test", path, isHttps: false));
    }

    [Fact]
    public void EvaluateTls_SolverWithOtherPathsToo_IsNoExemption()
    {
        var solver = Solver();
        solver = solver with { Rules = [solver.Rules[0] with { Paths = [.. solver.Rules[0].Paths!, Some.Exact("/admin")] }] };
        var table = TableOf(Site(("client-certificates", "require"), ("client-certificate-secret", "ca")), solver);

        Assert.Equal(TlsVerdict.CertificateRequired, table.EvaluateTls("shop.test", Token, isHttps: false));
    }

    private static IngressRouteTable TableOf(params IngressResource[] ingresses)
        => IngressRouteTable.Compile(new() { Ingresses = ingresses, Secrets = [s_ca] });

    private static IngressResource Site(params (string Name, string Value)[] annotations) => Some.Ingress(
        "shop/site",
        [Some.Rule("shop.test", Some.Prefix("/"))],
        annotations: annotations.ToDictionary(static pair => $"ingress.routing/{pair.Name}", static pair => pair.Value));

    // As cert-manager 1.18 writes it, but for the generated name.
    private static IngressResource Solver(string pathType = PathTypes.Exact, string path = Token)
    {
        var ingress = Some.Ingress("shop/solver", [Some.Rule("shop.test", Some.Path(pathType, path, "cm-acme-http-solver-w7xhk", 8089))], ageSeconds: 100);
        return ingress with
        {
            Metadata = ingress.Metadata with
            {
                Labels = new Dictionary<string, string>
                {
                    ["acme.cert-manager.io/http-domain"] = "1137654331",
                    ["acme.cert-manager.io/http-token"] = "1030422115",
                    ["acme.cert-manager.io/http01-solver"] = "true",
                },
                Annotations = new Dictionary<string, string> { ["nginx.ingress.kubernetes.io/whitelist-source-range"] = "0.0.0.0/0,::/0" },
            },
        };
    }
}

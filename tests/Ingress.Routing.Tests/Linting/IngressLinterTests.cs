using Ingress.Routing.Diagnostics;
using Ingress.Routing.Linting;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Linting;

public sealed class IngressLinterTests
{
    private const string Nginx = "nginx.ingress.kubernetes.io/";

    [Fact]
    public void Lint_OrdinaryIngress_FindsNothing()
        => Assert.Empty(Lint(Some.Ingress("i", [Some.Rule("a.test", Some.Prefix("/"), Some.Exact("/x"))], tls: [Some.Tls("s", "a.test")])));

    [Fact]
    public void Lint_EveryPathTaken_NamesTheTakers()
    {
        var finding = Single(
            IngressDiagnosticIds.IngressNeverServes,
            Some.Ingress("a/old", [Some.Rule("h.test", Some.Prefix("/x"), Some.Exact("/old"))]),
            Some.Ingress("b/young", [Some.Rule("h.test", Some.Prefix("/x"), Some.ImplementationSpecific("/x/"))], ageSeconds: 1),
            Some.Ingress("c/slash", [Some.Rule("h.test", Some.Prefix("/x/"))], ageSeconds: 2));

        Assert.Contains("Ingress 'c/slash'", finding.Message, StringComparison.Ordinal);
        Assert.Equal(("b", "young"), (finding.Resource!.Value.Namespace, finding.Resource.Value.Name));
    }

    [Fact]
    public void Lint_RuleWithoutPaths_IsNotDead()
        => Assert.Empty(Lint(Some.Ingress("bare", [new() { Host = "h.test" }])));

    [Fact]
    public void Lint_CatchAll_IsAWarningWhenItReachesForOthers()
    {
        var wildcard = Some.Ingress("a/wild", [Some.Rule("*.test", Some.Prefix("/"))]);

        var alone = Single(IngressDiagnosticIds.CatchAll, wildcard);
        var beside = Single(IngressDiagnosticIds.CatchAll, wildcard, Some.Ingress("b/shop", [Some.Rule("shop.test", Some.Prefix("/"))]));

        Assert.Equal((IngressDiagnosticSeverity.Info, IngressDiagnosticSeverity.Warning), (alone.Severity, beside.Severity));
        Assert.Contains("'shop.test' of Ingress 'b/shop'", beside.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", false)]
    [InlineData("/health", false)]
    [InlineData("/health/live", true)]
    [InlineData("/cart", true)]
    public void Lint_MoreSpecificHost_HidesWhatItDoesNotAnswer(string path, bool isHidden)
    {
        var findings = Lint(
            Some.Ingress("wild", [Some.Rule("*.test", Some.Prefix("/health"))]),
            Some.Ingress("shop", [Some.Rule("shop.test", Some.Prefix(path))]));

        Assert.Equal(isHidden, findings.Any(finding => finding.Id == IngressDiagnosticIds.HostHidesPaths));
    }

    [Fact]
    public void Lint_WideRuleBesideManyHosts_IsReportedOnce()
    {
        var hosts = Enumerable.Range(0, 5).Select(i => Some.Ingress($"shop{i}", [Some.Rule($"shop{i}.test", Some.Prefix("/cart"))], ageSeconds: i));

        var finding = Single(IngressDiagnosticIds.HostHidesPaths, [.. hosts, Some.Ingress("wild", [Some.Rule("*.test", Some.Prefix("/health"))], ageSeconds: 9)]);

        Assert.Contains("Requests for 'shop0.test', 'shop1.test', 'shop2.test' and 2 more hosts never fall through to Prefix '/health'", finding.Message, StringComparison.Ordinal);
        Assert.Equal("Ingress/default/shop0", finding.Resource.ToString());
    }

    [Fact]
    public void Lint_ActionOfALoadBalancer_IsNoService()
    {
        var action = Some.Prefix("/") with { Backend = new() { Service = new() { Name = "ssl-redirect", Port = new() { Name = "use-annotation" } } } };

        var finding = Single(IngressDiagnosticIds.LoadBalancerAction, Some.Ingress("shop", [Some.Rule(null, action)]));

        Assert.Contains("'alb.ingress.kubernetes.io/actions.ssl-redirect'", finding.Message, StringComparison.Ordinal);
        Assert.Equal("spec.rules[0].http.paths[0].backend.service.port.name", finding.Field);
    }

    [Fact]
    public void Lint_TlsHostWithoutRule_SuggestsTheNearest()
    {
        var finding = Single(
            IngressDiagnosticIds.TlsHostWithoutRule,
            Some.Ingress("i", [Some.Rule("shop.example.test", Some.Prefix("/"))], tls: [Some.Tls("s", "shop.example.test", "shp.example.test")]));

        Assert.Equal("spec.tls[0].hosts[1]", finding.Field);
        Assert.Contains("Did you mean 'shop.example.test'?", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*.test", "a.test")]
    [InlineData("a.test", "*.test")]
    public void Lint_TlsHostWithAWildcardBetween_IsFine(string tlsHost, string ruleHost)
        => Assert.DoesNotContain(
            Lint(Some.Ingress("i", [Some.Rule(ruleHost, Some.Exact("/"))], tls: [Some.Tls("s", tlsHost)])),
            finding => finding.Id == IngressDiagnosticIds.TlsHostWithoutRule);

    [Fact]
    public void Lint_RuleWithoutTls_DependsOnWhetherTlsIsTheRule()
    {
        var plain = Some.Ingress("plain", [Some.Rule("plain.test", Some.Prefix("/"))]);
        var mixed = Some.Ingress(
            "mixed", [Some.Rule("a.test", Some.Prefix("/")), Some.Rule("b.test", Some.Prefix("/"))], tls: [Some.Tls("s", "a.test")]);

        var listed = Some.Ingress("listed", [Some.Rule("c.test", Some.Prefix("/"))], tls: [Some.Tls("s", "c.test", "d.test")]);
        var another = Some.Ingress("another", [Some.Rule("d.test", Some.Prefix("/"))]);

        Assert.Empty(Lint(plain));
        Assert.Equal([("mixed", IngressDiagnosticSeverity.Warning)], Without(plain, mixed));
        Assert.Equal(
            [("mixed", IngressDiagnosticSeverity.Warning), ("plain", IngressDiagnosticSeverity.Info)], Without(plain, mixed, listed, another));

        static IEnumerable<(string Name, IngressDiagnosticSeverity Severity)> Without(params IngressResource[] ingresses)
            => Lint(ingresses).Where(finding => finding.Id == IngressDiagnosticIds.RuleWithoutTls)
                .Select(finding => (finding.Resource!.Value.Name, finding.Severity));
    }

    [Theory]
    [InlineData(-31, false)]
    [InlineData(-10, true)]
    [InlineData(-0.5, true)]
    [InlineData(1, false)]
    [InlineData(-4000, true)]
    public void Lint_Certificate_IsReportedFromThirtyDaysBeforeItsEnd(double daysAfterEnd, bool isReported)
    {
        var secret = TestCertificates.Secret("s", "a.test");
        var snapshot = Some.Snapshot(Some.Ingress("i", [Some.Rule("a.test", Some.Prefix("/"))], tls: [Some.Tls("s", "a.test")]));
        var table = IngressRouteTable.Compile(snapshot with { Secrets = [secret] });
        var end = table.FindCertificate("a.test")!.NotAfter;

        var findings = IngressLinter.Lint(table, new() { Now = end.AddDays(daysAfterEnd) });

        Assert.Equal(isReported ? [IngressDiagnosticIds.CertificateEndsSoon] : [], findings.Select(finding => finding.Id));
        Assert.Empty(IngressLinter.Lint(table));
    }

    [Fact]
    public void Lint_DefaultBackendBehindARootPrefix_SaysWhatTakesItsRequests()
    {
        var finding = Single(
            IngressDiagnosticIds.DefaultBackendNeverServes,
            Some.Ingress("i", [Some.Rule("h.test", Some.Exact("/x"), Some.Prefix("/"))], Some.Backend("fallback")),
            Some.Ingress("all", defaultBackend: Some.Backend("global"), ageSeconds: -1));

        Assert.Contains("Prefix '/' of Ingress 'default/i' takes every path of 'h.test'", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lint_DefaultBackendForUnknownHosts_Serves()
        => Assert.Empty(Lint(Some.Ingress("i", [Some.Rule("h.test", Some.Prefix("/"))], Some.Backend("fallback"))));

    [Theory]
    [InlineData("/(.*)")]
    [InlineData("/api(/|$)(.*)")]
    [InlineData("/v[0-9]+/x")]
    [InlineData("/static/*")]
    [InlineData("/x$")]
    [InlineData(@"/\d+")]
    [InlineData("/find?q=x")]
    public void Lint_PatternLikePath_IsReported(string path)
        => Assert.Contains(
            Lint(Some.Ingress("i", [Some.Rule("h.test", Some.ImplementationSpecific(path))])),
            finding => finding.Id == IngressDiagnosticIds.PathLooksLikePattern);

    [Theory]
    [InlineData("/")]
    [InlineData("/c++")]
    [InlineData("/Orders(1)")]
    [InlineData("/.well-known/acme-challenge")]
    [InlineData("/a;v=1,2/b@c:d~e")]
    [InlineData("/helloworld.Greeter/SayHello")]
    public void Lint_LiteralPath_IsNotTakenForAPattern(string path)
        => Assert.DoesNotContain(
            Lint(Some.Ingress("i", [Some.Rule("h.test", Some.ImplementationSpecific(path))])),
            finding => finding.Id == IngressDiagnosticIds.PathLooksLikePattern);

    [Theory]
    [InlineData("rewrite-target", "/$2", true)]
    [InlineData("use-regex", "true", true)]
    [InlineData("use-regex", "false", false)]
    [InlineData("ssl-redirect", "true", false)]
    public void Lint_PatternAnnotation_IsReported(string name, string value, bool isReported)
    {
        var annotations = new Dictionary<string, string> { [Nginx + name] = value };

        var findings = Lint(Some.Ingress("i", [Some.Rule("h.test", Some.Exact("/x"))], annotations: annotations));

        Assert.Equal(isReported ? [IngressDiagnosticIds.PatternAnnotation] : [], findings.Select(finding => finding.Id));
    }

    [Fact]
    public void Lint_Spellings_NameTheOther()
    {
        var finding = Single(
            IngressDiagnosticIds.PathSpelling,
            Some.Ingress("i", [Some.Rule("h.test", Some.Prefix("/café"), Some.Exact("/caf%C3%A9"))]));

        Assert.Equal("spec.rules[0].http.paths[0].path", finding.Field);
        Assert.Contains("is compared as '/caf%C3%A9'", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Nginx + "rewrite-taget", "rewrite-target")]
    [InlineData(Nginx + "proxy-body-sise", "proxy-body-size")]
    [InlineData(Nginx + "secure-backends", "backend-protocol")]
    [InlineData(Nginx + "websocket-services", "")]
    [InlineData(Nginx + "whitelist-source-range", null)]
    [InlineData("ingress.nginx.kubernetes.io/ssl-redirect", Nginx + "ssl-redirect")]
    [InlineData("nginx.ingress.kubernets.io/ssl-redirect", Nginx + "ssl-redirect")]
    [InlineData("nginx.ingress.kubernetes/ssl-redirect", Nginx + "ssl-redirect")]
    [InlineData("kubernetes.io/ingress-class", "ingress.class")]
    [InlineData("kubernetes.io/ingress.class", null)]
    [InlineData("kubernetes.io/something-else", null)]
    [InlineData("cert-manager.io/cluster-issuer", null)]
    [InlineData("haproxy.org/ssl-redirect", null)]
    [InlineData("plain", null)]
    public void Lint_Annotation_SuggestsTheRealName(string key, string? suggestion)
    {
        var findings = Lint(Some.Ingress("i", [Some.Rule("h.test", Some.Exact("/x"))], annotations: new Dictionary<string, string> { [key] = "x" }))
            .Where(finding => finding.Id == IngressDiagnosticIds.UnknownAnnotation)
            .ToList();

        Assert.Equal(suggestion is null ? 0 : 1, findings.Count);
        Assert.All(findings, finding =>
        {
            Assert.Equal($"metadata.annotations[{key}]", finding.Field);
            Assert.Equal(suggestion is not "", finding.Message.EndsWith($" Did you mean '{suggestion}'?", StringComparison.Ordinal));
        });
    }

    [Fact]
    public void Lint_OwnVocabulary_IsKnown()
    {
        var vocabulary = new AnnotationVocabulary { Prefix = "gateway.example.test", Names = ["timeout"], IsComplete = true };
        var table = RouteTableAnswers.TableOf(Some.Ingress(
            "i", [Some.Rule("h.test", Some.Exact("/x"))], annotations: new Dictionary<string, string> { ["gateway.example.test/timeuot"] = "1" }));

        var finding = Assert.Single(IngressLinter.Lint(table, new() { Annotations = [vocabulary] }));

        Assert.Contains("Did you mean 'timeout'?", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, 1)]
    [InlineData("on", null, 1)]
    [InlineData("off", null, 0)]
    [InlineData(null, "require", 0)]
    [InlineData(null, "none", 1)]
    public void Lint_ClientCertificatesOfIngressNginx_AreMissedWhereNobodyElseAsks(string? mode, string? own, int expected)
    {
        var annotations = new Dictionary<string, string> { ["nginx.ingress.kubernetes.io/auth-tls-secret"] = "default/ca" };
        if (mode is not null)
        {
            annotations["nginx.ingress.kubernetes.io/auth-tls-verify-client"] = mode;
        }

        if (own is not null)
        {
            annotations["ingress.routing/client-certificates"] = own;
        }

        foreach (var host in new[] { "h.test", "*.h.test", null })
        {
            var findings = Lint(Some.Ingress("i", [Some.Rule(host, Some.Exact("/x"))], annotations: annotations));

            Assert.Equal(expected, findings.Count(static finding => finding.Id == IngressDiagnosticIds.ClientCertificatesElsewhere));
        }
    }

    [Fact]
    public void Lint_OwnPrefixIsMisspelt_NamesIt()
    {
        var finding = Single(
            IngressDiagnosticIds.UnknownAnnotation,
            Some.Ingress(
                "i", [Some.Rule("h.test", Some.Exact("/x"))], annotations: new Dictionary<string, string> { ["ingress.ruoting/client-certificates"] = "require" }));

        Assert.Contains("Did you mean 'ingress.routing/client-certificates'?", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lint_InvalidAndForeignIngresses_AreLeftAlone()
    {
        var snapshot = Some.Snapshot(
            Some.Ingress("broken", [Some.Rule("UPPER", Some.ImplementationSpecific("/(.*)"))]),
            Some.Ingress("foreign", [Some.Rule(null, Some.ImplementationSpecific("/(.*)"))], className: "other"));
        var table = IngressRouteTable.Compile(
            snapshot with { IngressClasses = [Some.Class("other", "example.com/other")] }, new() { ControllerName = "example.com/ours" });

        Assert.Empty(IngressLinter.Lint(table));
    }

    [Fact]
    public void Lint_NullTable_Throws() => Assert.Throws<ArgumentNullException>("table", () => IngressLinter.Lint(null!));

    private static IReadOnlyList<IngressDiagnostic> Lint(params IngressResource[] ingresses) => IngressLinter.Lint(RouteTableAnswers.TableOf(ingresses));

    private static IngressDiagnostic Single(string id, params IngressResource[] ingresses)
        => Assert.Single(Lint(ingresses), finding => finding.Id == id);
}

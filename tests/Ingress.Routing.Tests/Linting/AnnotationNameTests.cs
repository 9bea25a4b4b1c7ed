using Ingress.Routing.Diagnostics;
using Ingress.Routing.Linting;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Linting;

/// <summary>Annotations that no controller reads, as published files have them.</summary>
public sealed class AnnotationNameTests
{
    private const string Nginx = "nginx.ingress.kubernetes.io/";

    [Theory]
    [InlineData("ingress.kubernetes.io/rewrite-target", "HAProxy Ingress alone", Nginx + "rewrite-target")]
    [InlineData("ingress.kubernetes.io/ssl-redirect", "HAProxy Ingress alone", Nginx + "ssl-redirect")]
    [InlineData("certmanager.k8s.io/cluster-issuer", "0.11 (2019)", "cert-manager.io/cluster-issuer")]
    [InlineData("certmanager.k8s.io/acme-challenge-type", "0.11 (2019)", null)]
    [InlineData("cert-manager.io/clusterissuer", "no annotation 'clusterissuer'", "cluster-issuer")]
    [InlineData("cert-manager.io/cluster_issuer", "no annotation", "cluster-issuer")]
    [InlineData("certmanager.io/cluster-issuer", "has no effect", "cert-manager.io/cluster-issuer")]
    [InlineData("cert-manager.k8s.io/cluster-issuer", "has no effect", "cert-manager.io/cluster-issuer")]
    [InlineData("traefik.ingress.kubernetes.io/frontend-entry-points", "Traefik 1", "traefik.ingress.kubernetes.io/router.entrypoints")]
    [InlineData("traefik.ingress.kubernetes.io/rule-type", "Traefik 1", "traefik.ingress.kubernetes.io/router.pathmatcher")]
    [InlineData("traefik.ingress.kubernetes.io/redirect-entry-point", "Middleware", null)]
    [InlineData("traefik.ingress.kubernetes.io/router.entrypoint", "no annotation", "router.entrypoints")]
    [InlineData("traefik.http.routers.web.rule", "Labels of containers", null)]
    [InlineData("service.beta.kubernetes.io/aws-load-balancer-type", "from a Service", null)]
    [InlineData("cloud.google.com/backend-config", "from a Service", null)]
    [InlineData("cloud.google.com/neg", "from a Service", null)]
    [InlineData("traefik.ingress.kubernetes.io/service.sticky.cookie", "from a Service", null)]
    [InlineData("plugins.konghq.com", "Kong", "konghq.com/plugins")]
    [InlineData(Nginx + "ssl-protocols", "ConfigMap", null)]
    [InlineData(Nginx + "lua-resty-waf-debug", "enable-modsecurity", null)]
    [InlineData(Nginx + "cluster-issuer", "no annotation", "cert-manager.io/cluster-issuer")]
    [InlineData("nginx.ingress.kubernetes.io.rewrite-target", "has no effect", Nginx + "rewrite-target")]
    [InlineData("rewrite-target", "has no effect", Nginx + "rewrite-target")]
    [InlineData("nginx.kubernetes.io/rewrite-target", "has no effect", Nginx + "rewrite-target")]
    [InlineData("external-dns.kubernetes.io/hostname", "has no effect", "external-dns.alpha.kubernetes.io/hostname")]
    [InlineData("alb.ingress.kubernetes.io/listen-port", "no annotation", "listen-ports")]
    public void Name_ThatNothingReads_IsReported(string key, string reason, string? instead)
    {
        var finding = Assert.Single(Lint(null, key));

        Assert.Equal((IngressDiagnosticIds.UnknownAnnotation, $"metadata.annotations[{key}]"), (finding.Id, finding.Field));
        Assert.Contains(reason, finding.Message, StringComparison.Ordinal);
        Assert.Equal(instead is not null, finding.Message.EndsWith($"Did you mean '{instead}'?", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("cert-manager.io/cluster-issuer")]
    [InlineData("cert-manager.io/private-key-size")]
    [InlineData("acme.cert-manager.io/http01-edit-in-place")]
    [InlineData("traefik.ingress.kubernetes.io/router.tls.domains.1.main")]
    [InlineData("alb.ingress.kubernetes.io/actions.ssl-redirect")]
    [InlineData("alb.ingress.kubernetes.io/target-type")]
    [InlineData("kubernetes.io/ingress.global-static-ip-name")]
    [InlineData("networking.gke.io/managed-certificates")]
    [InlineData("ingress.kubernetes.io/url-map")]
    [InlineData("kubectl.kubernetes.io/last-applied-configuration")]
    [InlineData("meta.helm.sh/release-name")]
    [InlineData("external-dns.alpha.kubernetes.io/hostname")]
    [InlineData("argocd.argoproj.io/sync-wave")]
    [InlineData("description")]
    public void Name_ThatIsRead_IsLeftAlone(string key) => Assert.Empty(Lint(null, key));

    [Theory]
    [InlineData("haproxy", "ingress.kubernetes.io/ssl-redirect")]
    [InlineData("contour", "ingress.kubernetes.io/force-ssl-redirect")]
    public void OldPrefix_OfAControllerThatReadsIt_IsLeftAlone(string className, string key) => Assert.Empty(Lint(className, key));

    [Fact]
    public void Names_WithTheSameCause_AreReportedOnce()
    {
        var finding = Assert.Single(Lint(
            null, Nginx + "jaeger-collector-host", Nginx + "jaeger-collector-port", Nginx + "enable-opentracing", Nginx + "zipkin-collector-host"));

        Assert.StartsWith("There are no annotations 'enable-opentracing', 'jaeger-collector-host', 'jaeger-collector-port' and 1 more", finding.Message, StringComparison.Ordinal);
        Assert.Contains("enable-opentelemetry", finding.Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<IngressDiagnostic> Lint(string? className, params string[] keys)
        => IngressLinter.Lint(RouteTableAnswers.TableOf(Some.Ingress(
            "i", [Some.Rule("h.test", Some.Exact("/x"))], annotations: keys.ToDictionary(key => key, _ => "x")) with
        { IngressClassName = className }));
}

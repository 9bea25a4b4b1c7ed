using System.Net;
using Ingress.Routing.Hosting;
using Ingress.Routing.Model;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Features;

namespace Ingress.Routing.AspNetCore.Tests.Kestrel;

/// <summary>A site with https and plain http whose hosts have one certificate and different TLS policies.</summary>
internal static class TlsSite
{
    public static TestAuthority Authority { get; } = new("ours");

    public static TestAuthority Stranger { get; } = new("ours");

    public static SecretResource Certificate { get; } =
        TestCertificates.Secret("shop/cert", "*.test", "*.wild.test", "xn--caf-dma.test");

    /// <summary>One Ingress for each host; <c>admin.test</c> and <c>*.wild.test</c> want verified clients, <c>hole.wild.test</c> does not.</summary>
    public static ClusterSnapshot Snapshot { get; } = new()
    {
        Ingresses =
        [
            Ingress("admin", "admin.test", ("client-certificates", "require"), ("client-certificate-secret", "ca"), ("client-certificate-headers", "true")),
            Ingress("maybe", "maybe.test", ("client-certificates", "optional"), ("client-certificate-secret", "ca"), ("client-certificate-headers", "true")),
            Ingress("report", "report.test", ("client-certificates", "report"), ("client-certificate-secret", "ca"), ("client-certificate-headers", "true")),
            Ingress("wild", "*.wild.test", ("client-certificates", "require"), ("client-certificate-secret", "ca")),
            Ingress("cafe", "xn--caf-dma.test", ("client-certificates", "require"), ("client-certificate-secret", "ca")),
            Ingress("other", "other.test", ("client-certificates", "require"), ("client-certificate-secret", "other-ca")),
            Ingress("hole", "hole.wild.test"),
            Ingress("open", "open.test"),
            Ingress("modern", "modern.test", ("tls-min-version", "1.3"), ("tls-alpn", "http/1.1")),
            Ingress("picky", "picky.test", ("tls-cipher-suites", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384")),
            Ingress("strict", "strict.test", ("hsts", "max-age=60; includeSubDomains"), ("https-redirect", "true")),
        ],
        Secrets = [Certificate, TestAuthority.Secret("shop/ca", Authority), TestAuthority.Secret("shop/other-ca", Stranger)],
    };

    public static async Task<TestSite> StartAsync(
        ClusterSnapshot? snapshot = null, Action<IngressRoutingOptions>? options = null, Action<WebApplication>? pipeline = null)
        => await TestSite.StartAsync(
            snapshot ?? Snapshot,
            static ingress => ingress.ConfigureIngressEndpoints(static endpoint => endpoint.RequestDelegate = AnswerAsync),
            static builder => builder.WebHost.ConfigureKestrel(static kestrel =>
            {
                kestrel.AllowAlternateSchemes = true;
                kestrel.Listen(IPAddress.Loopback, 0, static listen => listen.UseIngressHttps());
                kestrel.Listen(IPAddress.Loopback, 0);
            }),
            pipeline,
            configured =>
            {
                configured.DefaultCertificate = "shop/cert";
                options?.Invoke(configured);
            });

    /// <summary>The port for plain http.</summary>
    public static int HttpPort(this TestSite site) => new Uri(site.App.Urls.Last()).Port;

    public static TlsClient Client(this TestSite site, string serverName) => new(site.Port) { ServerName = serverName };

    /// <summary>Publishes what a change comes to.</summary>
    public static void Change(this TestSite site, params KubernetesResource[] upserted)
        => site.Router.Publish(site.Router.Current.Apply(new() { Upserted = upserted }));

    public static IngressResource Ingress(string name, string host, params (string Name, string Value)[] annotations)
        => Some.Ingress(
            $"shop/{name}",
            [Some.Rule(host, Some.Prefix("/", name))],
            tls: [Some.Tls("cert", host)],
            annotations: annotations.ToDictionary(pair => $"ingress.routing/{pair.Name}", pair => pair.Value));

    // What the connection knows about the client, then the headers that a backend would see.
    private static Task AnswerAsync(HttpContext context)
    {
        var client = context.GetIngressTls()?.ClientCertificate ?? ClientCertificateVerification.None;
        var names = context.Request.Headers.Keys.Where(static name => name.Contains("Client", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal);
        var headers = names.Select(name => $"{name}={context.Request.Headers[name]}");
        var connection = context.Features.Get<ITlsConnectionFeature>()?.ClientCertificate?.Subject;
        return context.Response.WriteAsync(
            $"{context.GetIngressRoute()!.Service!.Name.Name} {client.Outcome} {client.Subject} [{connection}]\n{string.Join('\n', headers)}");
    }
}

using System.Text.Json.Nodes;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Kubernetes.Tests.Writing;

/// <summary>Statuses, Lease and events over the wire, as other programs of the cluster see them.</summary>
public sealed class ClusterWriterTests
{
    private const string LeaseName = "ingress-gateway-example-test-ingress-routing";

    [Fact]
    public async Task Status_OfAServedIngress_HasTheGivenAddresses()
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        await cluster.ServeAsync(Publish);

        await UntilStatusAsync(cluster, "a", """[{"ip":"203.0.113.7"},{"hostname":"lb.example.test"}]""");

        cluster.Server.Apply(Manifest.Ingress("b", "b.test"));
        await UntilStatusAsync(cluster, "b", """[{"ip":"203.0.113.7"},{"hostname":"lb.example.test"}]""");
        var lease = cluster.Server.Find("Lease", "gateways", LeaseName)!;
        Assert.StartsWith("pod-1_", (string)lease["spec"]!["holderIdentity"]!, StringComparison.Ordinal);
        Assert.Equal(15, (int)lease["spec"]!["leaseDurationSeconds"]!);
        Assert.Equal(2, cluster.CountRequests("/status"));
    }

    [Fact]
    public async Task Status_OfThePublishedService_IsFollowedAndNeverEmptied()
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        cluster.Server.Apply(LoadBalancer("[]"));
        await cluster.ServeAsync(static options =>
        {
            options.PodNamespace = "gateways";
            options.PublishService = new("gateways", "gw");
        });
        await WatchedCluster.UntilAsync(() => cluster.Log.All.Any(static line => line.Contains("NoAddresses", StringComparison.Ordinal)), "the Service has no address yet");
        Assert.Equal(0, cluster.CountRequests("/status"));

        cluster.Server.Apply(LoadBalancer("""[{"ip":"203.0.113.7","ipMode":"VIP"}]"""));
        await UntilStatusAsync(cluster, "a", """[{"ip":"203.0.113.7"}]""");
        cluster.Server.Apply(LoadBalancer("[]"));
        cluster.Server.Delete("Service", "gateways", "gw");
        cluster.Server.Apply(LoadBalancer("""[{"hostname":"new.example.test"}]"""));

        await UntilStatusAsync(cluster, "a", """[{"hostname":"new.example.test"}]""");
        Assert.Equal(2, cluster.CountRequests("/status"));
    }

    [Fact]
    public async Task Lease_AtTheEndOfTheLeader_IsTakenByTheNextAtOnce()
    {
        await using var first = await WatchedCluster.CreateAsync();
        await first.ServeAsync(Publish);
        await UntilStatusAsync(first, "a", """[{"ip":"203.0.113.7"},{"hostname":"lb.example.test"}]""");
        await using var second = first.Beside();
        await second.ServeAsync(static options =>
        {
            Publish(options);
            options.PodName = "pod-2";
        });
        await WatchedCluster.UntilAsync(() => first.CountRequests("GET /apis/coordination.k8s.io") > 1, "the second sees the Lease");

        await first.StopHostAsync();
        var released = first.Server.Find("Lease", "gateways", LeaseName)!;
        Assert.Equal(("", 1), ((string)released["spec"]!["holderIdentity"]!, (int)released["spec"]!["leaseDurationSeconds"]!));
        first.Server.Apply(Manifest.Ingress("b", "b.test"));

        await UntilStatusAsync(first, "b", """[{"ip":"203.0.113.7"},{"hostname":"lb.example.test"}]""");
        Assert.StartsWith("pod-2_", (string)first.Server.Find("Lease", "gateways", LeaseName)!["spec"]!["holderIdentity"]!, StringComparison.Ordinal);
        Assert.Equal(1, (int)first.Server.Find("Lease", "gateways", LeaseName)!["spec"]!["leaseTransitions"]!);
    }

    [Fact]
    public async Task Status_ServerComesBack_IsWritten()
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        await cluster.ServeAsync(Publish);
        await UntilStatusAsync(cluster, "a", """[{"ip":"203.0.113.7"},{"hostname":"lb.example.test"}]""");

        await cluster.Server.StopAsync();
        cluster.Server.Apply(Manifest.Ingress("b", "b.test"));
        Assert.True(WatchedCluster.Serves(cluster.Table, "a.test"));
        await cluster.Server.StartAsync();

        await UntilStatusAsync(cluster, "b", """[{"ip":"203.0.113.7"},{"hostname":"lb.example.test"}]""");
    }

    [Fact]
    public async Task Events_OfAConflict_AreThere()
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        var younger = Manifest.Ingress("younger", "a.test");
        younger["metadata"]!["creationTimestamp"] = "2030-01-01T00:00:00Z";
        await cluster.ServeAsync(static options => options.ElectionId = "events-alone");
        cluster.Server.Apply(younger);

        await WatchedCluster.UntilAsync(() => cluster.Server.All("Event").Count > 0, "the conflict is told");

        var found = Assert.Single(cluster.Server.All("Event"));
        Assert.Equal(("Conflict", "Warning"), ((string)found["reason"]!, (string)found["type"]!));
        Assert.Contains((string)found["regarding"]!["name"]!, new[] { "a", "younger" });
        Assert.Equal(0, cluster.CountRequests("/status"));
    }

    [Fact]
    public async Task Start_NothingToPublish_WritesNothing()
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        await cluster.ServeAsync();
        cluster.Server.Apply(Manifest.Ingress("b", "b.test"));
        await cluster.UntilServesAsync("b.test");

        await cluster.StopHostAsync();

        Assert.Equal(0, cluster.CountRequests("leases"));
        Assert.DoesNotContain(cluster.Server.Requests, static request => request.StartsWith("PATCH", StringComparison.Ordinal) || request.StartsWith("PUT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_PermissionsAreMissing_AreNamedWithTheRule()
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        cluster.Server.Allows = static request => !(request.Resource.Plural == "ingresses" && request.Subresource == "status");
        await cluster.ServeAsync(Publish);

        await WatchedCluster.UntilAsync(() => cluster.Log.All.Any(static line => line.Contains("RulesMissing", StringComparison.Ordinal)), "the rule is logged");

        Assert.Contains(cluster.Log.All, static line => line.Contains("may not patch ingresses/status", StringComparison.Ordinal));
        Assert.True(WatchedCluster.Serves(cluster.Table, "a.test"));
    }

    /// <summary>What cert-manager does: a Secret that appears, is renewed, and once is broken.</summary>
    [Fact]
    public async Task Certificates_OfASecret_AppearRenewAndBreak()
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        cluster.Server.Apply(Manifest.Ingress("a", "a.test", tlsSecret: "a-tls"));
        await cluster.ServeAsync();
        Assert.Null(cluster.Table.FindCertificate("a.test"));

        var (first, second) = (TestCertificates.Secret("default/a-tls", "a.test"), TestCertificates.Secret("default/a-tls", "a.test", "b.test"));
        cluster.Server.Apply(TlsSecret(first.CertificatePem!, first.KeyPem!));
        await cluster.UntilAsync(static table => table.FindCertificate("a.test") is not null);
        var issued = cluster.Table.FindCertificate("a.test")!;

        cluster.Server.Apply(TlsSecret(second.CertificatePem!, second.KeyPem!));
        await cluster.UntilAsync(table => table.FindCertificate("a.test") is { } found && !ReferenceEquals(found, issued));
        var renewed = cluster.Table.FindCertificate("a.test")!;

        cluster.Server.Apply(TlsSecret("no certificate", second.KeyPem!));
        cluster.Server.Apply(Manifest.Ingress("later", "later.test"));
        await cluster.UntilServesAsync("later.test");
        await cluster.UntilAsync(static table => table.Diagnostics.Any(static one => one.Id == Diagnostics.IngressDiagnosticIds.LastGoodCertificateKept));
        Assert.Same(renewed, cluster.Table.FindCertificate("a.test"));
    }

    private static void Publish(KubernetesOptions options)
    {
        options.PodName = "pod-1";
        options.PodNamespace = "gateways";
        options.PublishStatusAddresses.Add("203.0.113.7");
        options.PublishStatusAddresses.Add("lb.example.test");
    }

    private static JsonObject LoadBalancer(string addresses) => (JsonObject)JsonNode.Parse(
        $$$"""
        {"kind":"Service","metadata":{"name":"gw","namespace":"gateways"},"spec":{"type":"LoadBalancer","clusterIP":"10.0.0.9","ports":[{"name":"http","port":80}]},
        "status":{"loadBalancer":{"ingress":{{{addresses}}} } } }
        """)!;

    private static JsonObject TlsSecret(string certificate, string key) => new()
    {
        ["kind"] = "Secret",
        ["type"] = "kubernetes.io/tls",
        ["metadata"] = new JsonObject { ["name"] = "a-tls", ["namespace"] = "default" },
        ["data"] = new JsonObject { ["tls.crt"] = Base64(certificate), ["tls.key"] = Base64(key) },
    };

    private static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));

    private static Task UntilStatusAsync(WatchedCluster cluster, string ingress, string expected) => WatchedCluster.UntilAsync(
        () => cluster.Server.Find("Ingress", "default", ingress)?["status"]?["loadBalancer"]?["ingress"]?.ToJsonString() == expected,
        $"the status of {ingress} becomes {expected}; it is {cluster.Server.Find("Ingress", "default", ingress)?["status"]?.ToJsonString()}");
}

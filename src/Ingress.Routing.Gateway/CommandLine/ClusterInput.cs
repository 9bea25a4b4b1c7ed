using Ingress.Routing.Hosting;
using Ingress.Routing.Kubernetes;
using Ingress.Routing.Kubernetes.Client;
using Ingress.Routing.Kubernetes.Configuration;
using Ingress.Routing.Kubernetes.Requests;
using Ingress.Routing.Kubernetes.Watching;
using Microsoft.Extensions.Options;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>Reads a cluster once.</summary>
internal static class ClusterInput
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(60);

    /// <summary>Reads all that a gateway with these options would read.</summary>
    /// <param name="cluster">Which cluster, and which part of it.</param>
    /// <param name="options">What the command line says about the table.</param>
    /// <param name="asksForPermissions">Whether missing permissions become diagnostics.</param>
    /// <param name="error">Where is told what cannot be read.</param>
    /// <exception cref="SettingsException">It cannot be reached, or does not let us read Ingresses; the message is for the user.</exception>
    public static async Task<ClusterSnapshot> ReadAsync(
        KubernetesOptions cluster, Func<ClusterSnapshot, RouteTableOptions> options, bool asksForPermissions, TextWriter error)
    {
        try
        {
            using var client = new KubernetesClient(ConnectionLoader.Load(cluster), TimeProvider.System, new ErrorLogger<KubernetesClient>(error));
            var api = new ClientRequests(client);
            var missing = asksForPermissions ? await MissingPermissions.FindAsync(api, client, cluster, options(ClusterSnapshot.Empty).ControllerName) : [];
            var first = await api.SendAsync(HttpMethod.Get, FirstList(cluster), null, CancellationToken.None);
            if (first.IsForbidden && missing.Count > 0)
            {
                return ClusterSnapshot.Empty with { SourceDiagnostics = missing };
            }

            if (!first.IsSuccess)
            {
                throw new SettingsException(PrintableText.Escape($"The cluster at {client.Server} cannot be read: {first.Describe()}"));
            }

            var snapshot = await ReadAllAsync(client, cluster, options(ClusterSnapshot.Empty), error);
            return snapshot with { SourceDiagnostics = [.. missing, .. snapshot.SourceDiagnostics] };
        }
        catch (KubernetesConfigurationException exception)
        {
            throw new SettingsException(PrintableText.Escape(exception.Message));
        }
    }

    // What cannot be reached is said at once, instead of being tried again and again.
    private static string FirstList(KubernetesOptions cluster)
        => cluster.WatchNamespaces is [var first, ..]
            ? $"apis/networking.k8s.io/v1/namespaces/{first}/ingresses?limit=1"
            : "apis/networking.k8s.io/v1/ingresses?limit=1";

    private static async Task<ClusterSnapshot> ReadAllAsync(
        KubernetesClient client, KubernetesOptions cluster, RouteTableOptions table, TextWriter error)
    {
        var routing = new IngressRoutingOptions { ControllerName = table.ControllerName, DefaultCertificate = table.DefaultCertificate?.ToString() };
        foreach (var dialect in table.AnnotationDialects)
        {
            routing.AnnotationDialects.Add(dialect);
        }

        using var limit = new CancellationTokenSource(s_timeout);
        var source = new KubernetesIngressSource(
            client,
            Options.Create(cluster),
            Options.Create(routing),
            new KubernetesMetrics(TimeProvider.System),
            TimeProvider.System,
            new ErrorLogger<KubernetesIngressSource>(error));
        try
        {
            await foreach (var all in source.WatchChangesAsync(limit.Token))
            {
                return ClusterSnapshot.Empty.Apply(all);
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
        }

        throw new SettingsException($"The cluster at {client.Server} could not be read within {s_timeout.TotalSeconds} seconds.");
    }
}

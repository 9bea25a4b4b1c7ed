using Ingress.Routing.Kubernetes.Leases;
using Ingress.Routing.Kubernetes.Permissions;
using Ingress.Routing.Kubernetes.Status;

namespace Ingress.Routing.Kubernetes.Writing;

/// <summary>What is written into the cluster, and in whose name. Immutable.</summary>
internal sealed record WriterSettings
{
    private const string DefaultController = "ingress-gateway";

    /// <summary>The Service whose addresses are published; null when the addresses are given, or none are.</summary>
    public NamespacedName? Service { get; private init; }

    /// <summary>The addresses that are given.</summary>
    public AddressSet Addresses { get; private init; } = AddressSet.None;

    /// <summary>The name of the Lease.</summary>
    public required string ElectionId { get; init; }

    /// <summary>The namespace of the gateway, and so of the Lease.</summary>
    public required string Namespace { get; init; }

    public required string PodName { get; init; }

    /// <summary>Who reports, as events name it.</summary>
    public required string Controller { get; init; }

    /// <summary>The namespaces that are served; none for all.</summary>
    public IReadOnlyList<string> WatchNamespaces { get; private init; } = [];

    public bool WritesStatus => Service is not null || !Addresses.IsEmpty;

    /// <summary>Whether there is anything to write, and so a leader to elect (K29). A Lease that was asked for by name is for events alone.</summary>
    public bool Writes { get; private init; }

    /// <summary>What the API server has to allow.</summary>
    public IReadOnlyList<Permission> Permissions { get; private init; } = [];

    /// <param name="options">The settings.</param>
    /// <param name="controllerName">The name of the controller; null when there is none.</param>
    /// <param name="contextNamespace">The namespace of the context or of the ServiceAccount.</param>
    /// <param name="environment">Reads a variable of the environment.</param>
    public static WriterSettings From(
        KubernetesOptions options, string? controllerName, string? contextNamespace, Func<string, string?> environment)
    {
        var addresses = new AddressSet(options.PublishStatusAddresses
            .Select(static text => StatusAddress.TryParse(text, out var address) ? address : (StatusAddress?)null)
            .OfType<StatusAddress>());
        var settings = new WriterSettings
        {
            Service = addresses.IsEmpty ? options.PublishService : null,
            Addresses = addresses,
            ElectionId = options.ElectionId ?? ElectionName.Default(controllerName),
            Namespace = options.PodNamespace ?? Said("POD_NAMESPACE") ?? contextNamespace ?? "default",
            PodName = options.PodName ?? Said("POD_NAME") ?? Environment.MachineName,
            Controller = controllerName ?? DefaultController,
            WatchNamespaces = [.. options.WatchNamespaces],
        };
        var writes = settings.WritesStatus || options.ElectionId is not null;
        return settings with
        {
            Writes = writes,
            Permissions =
            [
                .. Permission.All.Where(permission => writes || !permission.IsForWriting),
                .. options.WatchNamespaceSelector is null ? [] : Permission.ForNamespaceSelector,
            ],
        };

        string? Said(string name) => environment(name) is { Length: > 0 } value ? value : null;
    }
}

namespace Ingress.Routing;

/// <summary>Whether Ingresses of several namespaces may claim the same host (D21).</summary>
public enum HostSharing
{
    /// <summary>Paths are merged, and the sharing is reported.</summary>
    Allowed,

    /// <summary>A host belongs to the namespace of the oldest Ingress that claims it; rules of others for that host are left out and reported.</summary>
    OldestNamespaceOnly,
}

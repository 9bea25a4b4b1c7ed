namespace Ingress.Routing.Kubernetes.Status;

/// <summary>What an Ingress is to this controller.</summary>
internal enum IngressStanding
{
    /// <summary>There is none of this name.</summary>
    Absent,

    /// <summary>It is ours, and is served.</summary>
    Served,

    /// <summary>It is ours, and is not served, because it is wrong; or no class says whose it is.</summary>
    Rejected,

    /// <summary>Its class names another controller.</summary>
    Foreign,
}

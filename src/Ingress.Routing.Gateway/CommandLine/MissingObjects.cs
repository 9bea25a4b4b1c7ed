namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>What manifests would have to hold for a reference to be checked.</summary>
internal enum MissingObjects
{
    /// <summary>Services of the namespace.</summary>
    Services,

    /// <summary>EndpointSlices of the namespace.</summary>
    EndpointSlices,

    /// <summary>Secrets of the namespace.</summary>
    Secrets,

    /// <summary>ConfigMaps of the namespace.</summary>
    ConfigMaps,

    /// <summary>Other Ingresses, from which a catch-all could take requests.</summary>
    OtherIngresses,

    /// <summary>Nothing: something in the cluster makes the Secret.</summary>
    AnnouncedSecrets,
}

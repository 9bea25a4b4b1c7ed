namespace Ingress.Routing.Kubernetes.Status;

/// <summary>What is remembered of an Ingress whose status was looked at.</summary>
internal sealed record StatusMemory
{
    /// <summary>Which object it was; another one of the same name is a new one.</summary>
    public required string? Uid { get; init; }

    /// <summary>The addresses that are there because of us.</summary>
    public AddressSet Ours { get; init; } = AddressSet.None;

    /// <summary>The version that was patched. While the watch still shows it, the patch has not come back yet.</summary>
    public string? PatchedVersion { get; init; }

    /// <summary>When it was written; null when it never was.</summary>
    public long? WrittenAt { get; init; }

    /// <summary>The version whose status the API server refused, and for which addresses.</summary>
    public (string? Version, AddressSet Addresses)? Refused { get; init; }
}

using System.Collections.Immutable;

namespace Ingress.Routing.Model;

/// <summary>What is needed of a <c>v1</c> Service: its ports, and whether it merely points elsewhere.</summary>
public sealed record ServiceResource : KubernetesResource
{
    internal const string KindName = "Service";

    /// <summary>The <see cref="Type"/> of a Service that only names another host.</summary>
    public const string ExternalNameType = "ExternalName";

    /// <inheritdoc />
    public override string Kind => KindName;

    /// <summary>The type; null means <c>ClusterIP</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The address that the cluster gave it; null or <c>None</c> when it has none.</summary>
    public string? ClusterIP { get; init; }

    /// <summary>The labels of the Pods behind it; empty when its endpoints are written by other means.</summary>
    public IReadOnlyDictionary<string, string> Selector { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The host that a Service of type <c>ExternalName</c> names; null for any other.</summary>
    public string? ExternalName { get; init; }

    /// <summary>The families of addresses, <c>IPv4</c> and <c>IPv6</c>, of which the first goes before the other; empty when none is said.</summary>
    public IReadOnlyList<string> IPFamilies { get; init; } = [];

    /// <summary>The ports, in the order written.</summary>
    public IReadOnlyList<ServicePort> Ports { get; init; } = [];
}

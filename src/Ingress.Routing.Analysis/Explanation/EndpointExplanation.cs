using Ingress.Routing.Model;

namespace Ingress.Routing.Explanation;

/// <summary>One endpoint of a Service, and whether requests are sent to it. Immutable.</summary>
public sealed record EndpointExplanation
{
    /// <summary>The EndpointSlice.</summary>
    public required NamespacedName Slice { get; init; }

    /// <summary>The address as written; empty when there is none.</summary>
    public required string Address { get; init; }

    /// <summary>The port at the endpoint; null when the slice does not have the port of the Service.</summary>
    public int? Port { get; init; }

    /// <summary>Whether requests are sent to it.</summary>
    public required EndpointOutcome Outcome { get; init; }

    /// <summary>Where the endpoint was written, when the slice came from a file.</summary>
    public SourceLocation? Location { get; init; }

    /// <summary>Returns address, port and outcome.</summary>
    public override string ToString() => $"{Address}:{Port} {Outcome}";
}

using Ingress.Routing.Model;

namespace Ingress.Routing.Explanation;

/// <summary>What is behind the route that takes a request.</summary>
/// <remarks>Immutable. Exactly one of <see cref="Service"/> and <see cref="Resource"/> is set.</remarks>
public sealed record BackendExplanation
{
    /// <summary>The Service port; null when a resource serves the route.</summary>
    public ServiceReference? Service { get; init; }

    /// <summary>Whether the Service port has anywhere to send requests; meaningless for a resource.</summary>
    public DestinationStatus Status { get; init; }

    /// <summary>What is spoken to the endpoints; null when no object says so.</summary>
    public string? AppProtocol { get; init; }

    /// <summary>All endpoints of the Service, ready or not.</summary>
    public IReadOnlyList<EndpointExplanation> Endpoints { get; init; } = [];

    /// <summary>Where the Service port was written, or the Service when it has no such port; null without a Service or a file.</summary>
    public SourceLocation? ServiceLocation { get; init; }

    /// <summary>The resource; null when a Service serves the route.</summary>
    public TypedLocalObjectReference? Resource { get; init; }

    /// <summary>Where the backend was written in the Ingress; null for the configured default backend, and without a file.</summary>
    public SourceLocation? Location { get; init; }

    /// <summary>Whether there is anything to send the request to; otherwise the answer is 503 (D16).</summary>
    public required bool IsServed { get; init; }

    /// <summary>What is there, or what is missing, in one sentence.</summary>
    public required string Message { get; init; }

    /// <summary>Returns the message.</summary>
    public override string ToString() => Message;
}

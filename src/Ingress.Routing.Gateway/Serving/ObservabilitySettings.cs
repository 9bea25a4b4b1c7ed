namespace Ingress.Routing.Gateway.Serving;

/// <summary>What is told about requests, and where.</summary>
internal sealed record ObservabilitySettings
{
    /// <summary>Whether responses name the table by which their request was matched.</summary>
    public bool SendGeneration { get; init; }
}

using Ingress.Routing.Forwarding;

namespace Ingress.Routing.Gateway.Serving;

/// <summary>What happens with backends that are slow or fail; what is null has a default.</summary>
internal sealed record RunBackends
{
    public TimeSpan? Timeout { get; init; }

    public TimeSpan? ConnectTimeout { get; init; }

    public TimeSpan? RequestTimeout { get; init; }

    /// <summary>Whether requests are sent once more where that is safe.</summary>
    public bool Retries { get; init; } = true;

    /// <summary>Whether endpoints that fail get no requests for a while.</summary>
    public bool Health { get; init; } = true;

    public void ApplyTo(IngressForwardingOptions options)
    {
        options.ActivityTimeout = Timeout ?? options.ActivityTimeout;
        options.ConnectTimeout = ConnectTimeout ?? options.ConnectTimeout;
        options.RequestTimeout = RequestTimeout;
        options.Retries = Retries;
        options.Health = Health ? options.Health : null;
    }
}

using System.Net;

namespace Ingress.Routing.Policies;

/// <summary>A request that was not received but made up, to ask what policies do with it. Immutable.</summary>
public sealed record PolicyRequest : IPolicyRequest
{
    /// <summary>Takes what a match found out.</summary>
    /// <param name="match">The match.</param>
    /// <param name="host">The canonical host.</param>
    public PolicyRequest(IngressMatch match, string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        Host = host;
        ReceivedHost = host;
        Path = match.Path;
        Query = match.Query;
        RoutePattern = match.Route?.Pattern;
        RoutePath = RoutePattern is null ? match.Route?.Path : null;
        HostPolicies = match.HostPolicies;
    }

    /// <inheritdoc />
    public string Method { get; init; } = "GET";

    /// <inheritdoc />
    public string Scheme { get; init; } = "http";

    /// <inheritdoc />
    public string Host { get; }

    /// <inheritdoc />
    public string ReceivedHost { get; init; }

    /// <inheritdoc />
    public HostPolicies HostPolicies { get; }

    /// <inheritdoc />
    public bool HasCertificate { get; init; } = true;

    /// <inheritdoc />
    public ReadOnlyMemory<char> Path { get; }

    /// <inheritdoc />
    public ReadOnlyMemory<char> Query { get; }

    /// <inheritdoc />
    public string? RoutePath { get; }

    /// <inheritdoc />
    public PathPattern? RoutePattern { get; }

    /// <inheritdoc />
    public IPAddress? ClientAddress { get; init; }

    /// <inheritdoc />
    public string Id { get; init; } = "";

    /// <summary>The headers, by name.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <inheritdoc />
    public string? Header(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
    }
}

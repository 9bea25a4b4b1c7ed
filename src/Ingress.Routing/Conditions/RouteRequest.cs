using System.Collections.Immutable;
using System.Net;

namespace Ingress.Routing;

/// <summary>A request that was not received but made up, to ask which route takes it. Immutable.</summary>
public sealed record RouteRequest : IRouteRequest
{
    /// <summary>A GET request without headers: what <see cref="IngressRouteTable.Match(string?, string)"/> answers for.</summary>
    public static RouteRequest Plain { get; } = new();

    /// <inheritdoc />
    public string Method { get; init; } = "GET";

    /// <summary>The headers, by name in any case.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The address of the client; null when it is not known, and policies that need it are passed over.</summary>
    public IPAddress? ClientAddress { get; init; }

    /// <inheritdoc />
    public string? Header(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        foreach (var (key, value) in Headers)
        {
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return null;
    }
}

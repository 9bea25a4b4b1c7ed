using Ingress.Routing.Policies;

namespace Ingress.Routing;

/// <summary>The outcome for one request.</summary>
/// <remarks>A value; <c>default</c> is a request that nothing applies to.</remarks>
public readonly struct IngressMatch
{
    private readonly HostScope? _host;

    internal IngressMatch(IngressMatchStatus status, IngressRoute? route, HostScope? host, ReadOnlyMemory<char> path, ReadOnlyMemory<char> query)
    {
        _host = host;
        Status = status;
        Route = route;
        Path = path;
        Query = query;
    }

    /// <summary>What kind of outcome it is.</summary>
    public IngressMatchStatus Status { get; }

    /// <summary>The route that takes the request; null unless the status is <see cref="IngressMatchStatus.Rule"/> or <see cref="IngressMatchStatus.DefaultBackend"/>.</summary>
    public IngressRoute? Route { get; }

    /// <summary>The policies of the host of the request, whether any route takes it or not. <see cref="HostPolicies.None"/> for a bad request.</summary>
    public HostPolicies HostPolicies => _host?.Policies ?? HostPolicies.None;

    /// <summary>
    /// The canonical path (D8): what was matched, and exactly what must be forwarded (D10). A slice of the target when nothing had
    /// to change; empty for a bad request.
    /// </summary>
    public ReadOnlyMemory<char> Path { get; }

    /// <summary>The query as received, with its leading <c>?</c>; empty when there is none. It takes no part in matching.</summary>
    public ReadOnlyMemory<char> Query { get; }

    /// <summary>What belongs to the host, whatever the path.</summary>
    internal HostScope? Host => _host;
}

using System.Collections.Immutable;
using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.Forwarding.Backends;

/// <summary>What the policies of one route say about its backend, put together once.</summary>
internal sealed class BackendPlan
{
    private const int DefaultHeaderLimit = 64 * 1024;

    private readonly NetworkClient? _plain;
    private readonly NetworkClient? _tls;

    private BackendPlan(IngressRoute route, NetworkClients clients)
    {
        Protocol = route.Policies.Find<BackendProtocol>();
        Timeouts = route.Policies.Find<BackendTimeouts>();
        Retries = route.Policies.Find<Retries>();
        Balancing = route.Policies.Find<LoadBalancing>();
        Host = route.Policies.Find<BackendHost>();
        HeaderLimit = route.Policies.Find<ResponseHeaderLimit>()?.Bytes;
        Edits = route.Policies.Find<AddressEdits>() is { } edits ? new AddressEditor(edits) : null;
        Headers = route.Policies.Find<ForwardedHeaders>();
        Sessions = route.Policies.Find<SessionAffinity>() is { } affinity ? new Sessions(affinity, route) : null;
        var settings = new ClientSettings(Timeouts?.Connect, null, HeaderLimit > DefaultHeaderLimit);
        _plain = clients.Get(settings);
        _tls = clients.Get(settings with { Tls = route.Policies.Find<BackendTls>() });
    }

    public BackendProtocol? Protocol { get; }

    public BackendTimeouts? Timeouts { get; }

    public Retries? Retries { get; }

    public LoadBalancing? Balancing { get; }

    public BackendHost? Host { get; }

    public int? HeaderLimit { get; }

    public AddressEditor? Edits { get; }

    public ForwardedHeaders? Headers { get; }

    public Sessions? Sessions { get; }

    /// <summary>The plan of a route; null when its policies say nothing about the backend.</summary>
    public static BackendPlan? Of(IngressRoute route, NetworkClients clients)
        => route.Policies.All.Any(static policy => policy.Stage == PolicyStage.Backend && PolicyTypes.Contains(policy.GetType()))
            ? new(route, clients)
            : null;

    /// <summary>The types of policies that forwarding carries out.</summary>
    public static ImmutableArray<Type> PolicyTypes { get; } =
    [
        typeof(BackendProtocol), typeof(BackendTimeouts), typeof(Retries), typeof(LoadBalancing), typeof(BackendHost), typeof(ResponseHeaderLimit),
        typeof(AddressEdits), typeof(ForwardedHeaders), typeof(SessionAffinity), typeof(BackendTls),
    ];

    /// <summary>What connects as the policies say; null where the client of all others does.</summary>
    /// <param name="target">Where a request goes.</param>
    public NetworkClient? ClientFor(Uri target) => target.Scheme == Uri.UriSchemeHttps ? _tls : _plain;

    public BackendTraits TraitsFor(HttpRequest request)
        => new(Protocol?.KindFor(request.Scheme), Balancing?.UsesServiceAddress == true, Timeouts is not null);
}

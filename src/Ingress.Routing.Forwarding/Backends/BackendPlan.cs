using System.Collections.Immutable;
using Ingress.Routing.Forwarding.Health;
using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.Forwarding.Backends;

/// <summary>What the policies of one route say about its backend, put together once.</summary>
internal sealed class BackendPlan
{
    private const int DefaultHeaderLimit = 64 * 1024;

    private readonly NetworkClient? _plain;
    private readonly NetworkClient? _tls;
    private readonly Lazy<NetworkClient?> _newPlain;
    private readonly Lazy<NetworkClient?> _newTls;

    private BackendPlan(ClientSettings settings, BackendTls? tls, NetworkClients clients)
    {
        _plain = clients.Get(settings);
        _tls = clients.Get(settings with { Tls = tls });
        _newPlain = new(() => clients.Get(settings with { KeepsNothing = true }));
        _newTls = new(() => clients.Get(settings with { Tls = tls, KeepsNothing = true }));
    }

    private BackendPlan(IngressRoute route, NetworkClients clients, IngressForwardingOptions options)
        : this(SettingsOf(route), route.Policies.Find<BackendTls>(), clients)
    {
        Protocol = route.Policies.Find<BackendProtocol>();
        Timeouts = TimeoutsOf(route, options);
        Health = HealthPlan.Of(route);
        Retries = route.Policies.Find<Retries>();
        Balancing = route.Policies.Find<LoadBalancing>();
        Host = route.Policies.Find<BackendHost>();
        HeaderLimit = route.Policies.Find<ResponseHeaderLimit>()?.Bytes;
        Edits = route.Policies.Find<AddressEdits>() is { } edits ? new AddressEditor(edits) : null;
        Headers = route.Policies.Find<ForwardedHeaders>();
        Sessions = route.Policies.Find<SessionAffinity>() is { } affinity ? new Sessions(affinity, route) : null;
    }

    public BackendProtocol? Protocol { get; }

    public BackendTimeouts? Timeouts { get; }

    public HealthPlan? Health { get; }

    public Retries? Retries { get; }

    public LoadBalancing? Balancing { get; }

    public BackendHost? Host { get; }

    public int? HeaderLimit { get; }

    public AddressEditor? Edits { get; }

    public ForwardedHeaders? Headers { get; }

    public Sessions? Sessions { get; }

    /// <summary>The plan of a route; null when its policies say nothing about the backend.</summary>
    public static BackendPlan? Of(IngressRoute route, NetworkClients clients, IngressForwardingOptions options)
        => options.RequestTimeout is not null
            || route.Policies.All.Any(static policy => policy.Stage == PolicyStage.Backend && PolicyTypes.Contains(policy.GetType()))
                ? new(route, clients, options)
                : null;

    /// <summary>The plan of routes whose policies say nothing, for requests that are sent once more.</summary>
    public static BackendPlan Default(NetworkClients clients) => new(ClientSettings.Default, null, clients);

    /// <summary>The types of policies that forwarding carries out.</summary>
    public static ImmutableArray<Type> PolicyTypes { get; } =
    [
        typeof(BackendProtocol), typeof(BackendTimeouts), typeof(Retries), typeof(LoadBalancing), typeof(BackendHost), typeof(ResponseHeaderLimit),
        typeof(AddressEdits), typeof(ForwardedHeaders), typeof(SessionAffinity), typeof(BackendTls), typeof(EndpointHealth),
        typeof(HealthProbe),
    ];

    /// <summary>What connects as the policies say; null where the client of all others does.</summary>
    /// <param name="target">Where a request goes.</param>
    public NetworkClient? ClientFor(Uri target) => target.Scheme == Uri.UriSchemeHttps ? _tls : _plain;

    /// <summary>What connects as the policies say, and anew for each request.</summary>
    /// <param name="target">Where a request goes.</param>
    public NetworkClient? NewClientFor(Uri target) => (target.Scheme == Uri.UriSchemeHttps ? _newTls : _newPlain).Value;

    public BackendTraits TraitsFor(HttpRequest request)
        => new(Protocol?.KindFor(request.Scheme), Balancing?.UsesServiceAddress == true, Timeouts is not null, Health);

    // What a policy leaves open is what holds for all, and not no limit.
    private static BackendTimeouts? TimeoutsOf(IngressRoute route, IngressForwardingOptions options)
    {
        var policy = route.Policies.Find<BackendTimeouts>() ?? (options.RequestTimeout is null ? null : new());
        return policy is null
            ? null
            : policy with { Send = policy.Send ?? options.ActivityTimeout, Read = policy.Read ?? options.ActivityTimeout, Total = policy.Total ?? options.RequestTimeout };
    }

    private static ClientSettings SettingsOf(IngressRoute route) => new(
        route.Policies.Find<BackendTimeouts>()?.Connect, null, route.Policies.Find<ResponseHeaderLimit>()?.Bytes > DefaultHeaderLimit);
}

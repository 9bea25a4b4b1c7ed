using Ingress.Routing.Forwarding.Health;
using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.LoadBalancing;
using Yarp.ReverseProxy.Model;

namespace Ingress.Routing.Forwarding.Backends;

/// <summary>Lets the policies of a route choose the endpoint, and the configured policy where they do not.</summary>
internal sealed class RouteBalancing(IServiceProvider services) : ILoadBalancingPolicy
{
    public const string PolicyName = "Ingress.Routing";

    // Later: this is one of the policies, and the options are valid only where all of them are known.
    private readonly Lazy<Dictionary<string, ILoadBalancingPolicy>> _policies = new(
        () => services.GetServices<ILoadBalancingPolicy>().ToDictionary(static policy => policy.Name, StringComparer.OrdinalIgnoreCase));

    private readonly Lazy<string> _default = new(() => services.GetRequiredService<IOptions<IngressForwardingOptions>>().Value.LoadBalancingPolicy);

    public string Name => PolicyName;

    private ILoadBalancingPolicy Default => _policies.Value[_default.Value];

    public DestinationState? PickDestination(HttpContext context, ClusterState cluster, IReadOnlyList<DestinationState> availableDestinations)
    {
        if (context.Features.Get<BackendCall>() is not { } call)
        {
            return Pick(Default, context, cluster, availableDestinations);
        }

        var next = call.Next;
        call.Next = null;
        return next ?? Choose(call, cluster, availableDestinations);
    }

    /// <summary>Chooses an endpoint that the call did not try yet.</summary>
    /// <returns>Null when there is none, or its session must not move.</returns>
    public DestinationState? Choose(BackendCall call, ClusterState cluster, IReadOnlyList<DestinationState> available)
    {
        if (call.Session is { } session)
        {
            return session.Choose(cluster.DestinationsState.AllDestinations, available, call.Tried);
        }

        if (call.Plan.Balancing is { HashBy: { } key } hashing)
        {
            return HashBalancing.Choose(key.ExpandFor(call.Request), hashing.HashSubset, available, call.Tried);
        }

        if (call.Plan.Balancing?.Algorithm == LoadBalancingAlgorithm.PeakEwma)
        {
            var chosen = PeakEwma.Choose(available, call.Tried);
            return EndpointState.AnyIsWarming && Warming.GivesAway(chosen) ? PeakEwma.Choose(available, [.. call.Tried, chosen!]) ?? chosen : chosen;
        }

        IReadOnlyList<DestinationState> rest = call.Tried.Count == 0 ? available : [.. available.Except(call.Tried)];
        if (rest.Count <= 1)
        {
            return rest.Count == 0 ? null : rest[0];
        }

        var policy = NameOf(call.Plan.Balancing?.Algorithm) is { } name ? _policies.Value[name] : Default;
        return Pick(policy, call.Context, cluster, rest);
    }

    private static DestinationState? Pick(ILoadBalancingPolicy policy, HttpContext context, ClusterState cluster, IReadOnlyList<DestinationState> available)
    {
        var chosen = policy.PickDestination(context, cluster, available);
        return EndpointState.AnyIsWarming ? Warming.Settle(policy, context, cluster, available, chosen) : chosen;
    }

    private static string? NameOf(LoadBalancingAlgorithm? algorithm) => algorithm switch
    {
        LoadBalancingAlgorithm.RoundRobin => LoadBalancingPolicies.RoundRobin,
        LoadBalancingAlgorithm.PowerOfTwoChoices => LoadBalancingPolicies.PowerOfTwoChoices,
        LoadBalancingAlgorithm.LeastRequests => LoadBalancingPolicies.LeastRequests,
        LoadBalancingAlgorithm.Random => LoadBalancingPolicies.Random,
        _ => null,
    };
}

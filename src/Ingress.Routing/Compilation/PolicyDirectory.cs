using System.Collections.Immutable;
using Ingress.Routing.Annotations;
using Ingress.Routing.Model;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Compilation;

/// <summary>What the annotations of each served Ingress ask for. Immutable.</summary>
internal sealed class PolicyDirectory
{
    private readonly ImmutableDictionary<IngressResource, RequestedPolicies> _requested;

    private PolicyDirectory(ImmutableDictionary<IngressResource, RequestedPolicies> requested) => _requested = requested;

    public static PolicyDirectory Empty { get; } =
        new(ImmutableDictionary.Create<IngressResource, RequestedPolicies>(ReferenceEqualityComparer.Instance));

    /// <summary>What one Ingress asks for; null when that is nothing.</summary>
    public RequestedPolicies? Of(IngressResource ingress) => _requested.GetValueOrDefault(ingress);

    /// <summary>The policies of the routes of one Ingress.</summary>
    public RoutePolicies RoutePoliciesOf(IngressResource ingress) => Of(ingress)?.Route ?? RoutePolicies.None;

    /// <summary>The directory after some Ingresses ceased to be served and others began.</summary>
    public PolicyDirectory With(IEnumerable<IngressResource> ceased, IEnumerable<IngressResource> begun, RouteTableOptions options)
    {
        var requested = _requested.ToBuilder();
        foreach (var ingress in ceased)
        {
            requested.Remove(ingress);
        }

        foreach (var ingress in begun)
        {
            if (AnnotationReader.Read(ingress, options) is { } policies)
            {
                requested.Add(ingress, policies);
            }
        }

        return new(requested.ToImmutable());
    }
}

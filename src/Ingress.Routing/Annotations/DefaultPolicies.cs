using System.Collections.Concurrent;
using Ingress.Routing.Model;

namespace Ingress.Routing.Annotations;

/// <summary>What holds for Ingresses without annotations: worked out once, and shared by all of them.</summary>
/// <param name="options">The dialects.</param>
internal sealed class DefaultPolicies(RouteTableOptions options)
{
    private readonly bool _exist = options.AnnotationDialects.Any(static dialect => !dialect.ForEveryIngress.IsEmpty);

    // By whether they have entries for TLS. That nothing holds is remembered as well.
    private readonly ConcurrentDictionary<bool, RequestedPolicies?> _known = [];

    /// <summary>The settings that it was made from.</summary>
    public RouteTableOptions Options => options;

    /// <summary>What holds for one Ingress without annotations; null when that is nothing.</summary>
    public RequestedPolicies? Of(IngressResource ingress)
    {
        return _exist
            ? _known.GetOrAdd(ingress.Tls.Count > 0, (_, one) => AnnotationReader.ReadAll(one, options, NoPolicyObjects.Instance, null), ingress)
            : null;
    }
}

using Ingress.Routing.Model;

namespace Ingress.Routing.Annotations;

/// <summary>What holds for Ingresses without annotations: worked out once, and shared by all of them.</summary>
/// <param name="options">The dialects.</param>
internal sealed class DefaultPolicies(RouteTableOptions options)
{
    private readonly bool _exist = options.AnnotationDialects.Any(static dialect => !dialect.ForEveryIngress.IsEmpty);
    private RequestedPolicies? _withTls;
    private RequestedPolicies? _withoutTls;

    /// <summary>The settings that it was made from.</summary>
    public RouteTableOptions Options => options;

    /// <summary>What holds for one Ingress without annotations; null when that is nothing.</summary>
    public RequestedPolicies? Of(IngressResource ingress)
    {
        if (!_exist)
        {
            return null;
        }

        ref var known = ref ingress.Tls.Count > 0 ? ref _withTls : ref _withoutTls;
        return known ??= AnnotationReader.ReadAll(ingress, options, NoPolicyObjects.Instance, null);
    }
}

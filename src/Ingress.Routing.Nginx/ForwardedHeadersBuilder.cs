using Ingress.Routing.Annotations;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Nginx;

/// <summary>The headers that every backend behind ingress-nginx gets.</summary>
internal sealed class ForwardedHeadersBuilder : PolicyBuilder
{
    /// <inheritdoc />
    protected internal override void Build(PolicyContext context) => context.Add(new ForwardedHeaders(), "forwarded-headers");
}

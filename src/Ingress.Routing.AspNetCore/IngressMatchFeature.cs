namespace Ingress.Routing.AspNetCore;

/// <summary>What the middleware found out about one request.</summary>
internal sealed class IngressMatchFeature(IngressMatch match, IngressRouteTable table) : IIngressMatchFeature
{
    public IngressMatch Match { get; } = match;

    public IngressRouteTable Table { get; } = table;
}

namespace Ingress.Routing.AspNetCore;

/// <summary>How a request was matched; a feature of its <c>HttpContext</c> after <c>UseIngressRouting</c>.</summary>
public interface IIngressMatchFeature
{
    /// <summary>The outcome, with the canonical path.</summary>
    IngressMatch Match { get; }

    /// <summary>The table that made it. Later middleware asks this table, not the router, so that a request sees one generation.</summary>
    IngressRouteTable Table { get; }
}

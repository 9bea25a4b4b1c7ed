using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.AspNetCore;

/// <summary>How a request was matched; a feature of its <c>HttpContext</c> after <c>UseIngressRouting</c>.</summary>
public interface IIngressMatchFeature
{
    /// <summary>The outcome, with the canonical path.</summary>
    IngressMatch Match { get; }

    /// <summary>The table that made it. Later middleware asks this table, not the router, so that a request sees one generation.</summary>
    IngressRouteTable Table { get; }

    /// <summary>That table with its number.</summary>
    RouteTableGeneration Generation { get; }

    /// <summary>The path that the backend gets: that of the match (D10), unless a policy of the route rewrites it.</summary>
    ReadOnlyMemory<char> ForwardedPath { get; }

    /// <summary>The query that the backend gets, with its leading <c>?</c>: that of the request, unless a policy of the route rewrites it.</summary>
    ReadOnlyMemory<char> ForwardedQuery { get; }

    /// <summary>
    /// The Service port that is to get the request, chosen once by the weights and the canary of the route (<see cref="IngressRoute.Split"/>);
    /// null when a resource does.
    /// </summary>
    ServiceReference? Service { get; }

    /// <summary>What a policy took away from the start of the path, for <c>X-Forwarded-Prefix</c>; null when nothing was.</summary>
    string? StrippedPrefix { get; }

    /// <summary>Chooses <see cref="Service"/> again without the canary, because that has nowhere to send the request.</summary>
    /// <returns>False when it was no canary, and nothing changes.</returns>
    bool TryAvoidCanary();

    /// <summary>Chooses <see cref="Service"/> again, because the client is to stay with one of the backends of the route.</summary>
    /// <param name="service">The Service port.</param>
    /// <returns>False when the route sends nothing there, and nothing changes.</returns>
    bool TryStayWith(ServiceReference service);

    /// <summary>What policies see of the request.</summary>
    /// <param name="context">The request that this is a feature of.</param>
    IPolicyRequest RequestOf(HttpContext context);

    /// <summary>Lets another Service have the request.</summary>
    /// <param name="service">Its port. A route that sends requests there on its own account says so (<see cref="RoutePolicy.Services"/>).</param>
    /// <param name="target">The path and query that it gets, in origin form; null for what the backend would have got.</param>
    /// <exception cref="ArgumentNullException"><paramref name="service"/> is null.</exception>
    void SendTo(ServiceReference service, string? target = null);
}

namespace Ingress.Routing;

/// <summary>What the choice of a route and of its backend may depend on, besides host and target.</summary>
/// <remarks>Query parameters are those of the target. A structure that implements it is not boxed.</remarks>
public interface IRouteRequest
{
    /// <summary>The method, such as <c>GET</c>.</summary>
    string Method { get; }

    /// <summary>The value of a header; null when the request has none. Several values are joined by commas, those of <c>Cookie</c> by semicolons.</summary>
    /// <param name="name">The name, in any case.</param>
    string? Header(string name);
}

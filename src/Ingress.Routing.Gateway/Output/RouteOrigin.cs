namespace Ingress.Routing.Gateway.Output;

/// <summary>Says where a route comes from.</summary>
internal static class RouteOrigin
{
    /// <summary>Returns, for instance, <c>deploy/shop.yaml:14, Prefix /cart of Ingress shop/shop</c>.</summary>
    public static string Describe(IngressRoute route)
        => route.Source.Location is { } place ? $"{place.File}:{place.Line}, {Claim(route)}" : Claim(route);

    private static string Claim(IngressRoute route) => route switch
    {
        { Source.IsConfigured: true } => "the configured default backend",
        { PathAsWritten: { } path } => $"{route.PathType} {path} of {route.Source}",
        _ => $"default backend of {route.Source}",
    };
}

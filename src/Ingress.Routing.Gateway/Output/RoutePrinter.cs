using System.Text.Json;
using Ingress.Routing.Gateway.CommandLine;
using Ingress.Routing.Model;

namespace Ingress.Routing.Gateway.Output;

/// <summary>Writes routes, for people and for programs.</summary>
internal static class RoutePrinter
{
    public static void Write(IReadOnlyList<IngressRoute> routes, OutputFormat format, TextWriter output)
    {
        if (format == OutputFormat.Json)
        {
            output.WriteLine(JsonSerializer.Serialize(ToJson(routes), GatewayJson.Lists.IReadOnlyListRouteJson));
            return;
        }

        var table = new TextTable();
        var haveConditions = routes.Any(static route => route.Conditions.Count > 0);
        Add("HOST", "PATH", "TYPE", "REQUESTS", "BACKEND", "INGRESS", "WHERE");
        foreach (var route in routes)
        {
            Add(
                HostOf(route),
                PathOf(route),
                TypeOf(route),
                route.Conditions.Count == 0 ? "all others" : route.Conditions.ToString(),
                BackendOf(route),
                route.Source.IsConfigured ? "" : route.Source.Name.ToString(),
                WhereOf(route));
        }

        table.Write(output);

        // A column for the few tables that need it.
        void Add(string host, string path, string type, string requests, params string[] others)
            => table.Add(haveConditions ? [host, path, type, requests, .. others] : [host, path, type, .. others]);
    }

    public static IReadOnlyList<RouteJson> ToJson(IEnumerable<IngressRoute> routes) => [.. routes.Select(RouteJson.From)];

    /// <summary>The host, <c>*</c> for all, as kubectl shows it.</summary>
    public static string HostOf(IngressRoute route) => route.Host ?? "*";

    public static string PathOf(IngressRoute route) => route.Path ?? "(default)";

    public static string TypeOf(IngressRoute route) => route.Path is null ? "" : route.PathType.ToString();

    public static string BackendOf(IngressRoute route)
        => route.Split?.ToString() ?? route.Service?.ToString() ?? NameOf(route.Resource!, route.Source.Name.Namespace);

    private static string NameOf(TypedLocalObjectReference resource, string? @namespace)
        => $"{new ResourceKind(resource.ApiGroup, resource.Kind!)} {new NamespacedName(@namespace, resource.Name)}";

    private static string WhereOf(IngressRoute route) => route.Source.Location is { } place ? $"{place.File}:{place.Line}" : "";
}

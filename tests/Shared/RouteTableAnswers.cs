using Ingress.Routing.Model;

namespace Ingress.Routing.Tests.Shared;

/// <summary>Short questions for tests to ask a table.</summary>
internal static class RouteTableAnswers
{
    /// <summary>Compiles Ingresses alone.</summary>
    public static IngressRouteTable TableOf(params IngressResource[] ingresses) => IngressRouteTable.Compile(Some.Snapshot(ingresses));

    /// <summary>The name of the Service that gets the request, or <c>404</c>, or <c>400</c>.</summary>
    public static string Answer(this IngressRouteTable table, string? host, string target)
    {
        var match = table.Match(host, target);
        return match.Status switch
        {
            IngressMatchStatus.BadRequest => "400",
            IngressMatchStatus.NotFound => "404",
            _ => match.Route!.Service!.Name.Name,
        };
    }

    /// <summary>The canonical path, or <c>400</c>.</summary>
    public static string CanonicalPath(this IngressRouteTable table, string target)
    {
        var match = table.Match("h.test", target);
        return match.Status == IngressMatchStatus.BadRequest ? "400" : match.Path.ToString();
    }
}

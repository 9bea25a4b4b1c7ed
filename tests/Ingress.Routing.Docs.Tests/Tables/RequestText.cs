namespace Ingress.Routing.Docs.Tests.Tables;

/// <summary>Requests as tables write them, and what came of them.</summary>
internal static class RequestText
{
    /// <summary>Takes <c>`host/path`</c> or <c>(none)`/path`</c> apart.</summary>
    public static (string? Host, string Target) Split(string cell)
    {
        if (cell.StartsWith("(none)", StringComparison.Ordinal))
        {
            return (null, cell["(none)".Length..].Trim('`'));
        }

        var text = cell.Trim('`');
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return (text[..slash], text[slash..]);
    }

    /// <summary>The name of the Service that takes a request, or the status code without one.</summary>
    public static string Outcome(IngressMatch match) => match.Status switch
    {
        IngressMatchStatus.BadRequest => "400",
        IngressMatchStatus.NotFound => "404",
        _ => match.Route!.Service!.Name.Name,
    };
}

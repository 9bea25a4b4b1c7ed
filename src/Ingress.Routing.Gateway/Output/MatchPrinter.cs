using System.Text.Json;
using Ingress.Routing.Gateway.CommandLine;

namespace Ingress.Routing.Gateway.Output;

/// <summary>Writes which route answers a URL, for people and for programs, on one line.</summary>
internal static class MatchPrinter
{
    public static void Write(string url, IngressMatch match, OutputFormat format, TextWriter output)
        => output.WriteLine(format == OutputFormat.Json
            ? JsonSerializer.Serialize(MatchJson.From(url, match), GatewayJson.Lines.MatchJson)
            : PrintableText.Escape($"{url} -> {Describe(match)}"));

    private static string Describe(IngressMatch match) => match.Status switch
    {
        IngressMatchStatus.PatternTimeout => $"503, a regular expression took too long for {match.Path}",
        IngressMatchStatus.BadRequest => "400, the host or the target is malformed",
        IngressMatchStatus.NotFound => $"404, no rule and no default backend takes {match.Path}",
        _ => $"{RoutePrinter.BackendOf(match.Route!)} as {match.Path}, by {Claim(match)}{Place(match.Route!)}",
    };

    private static string Claim(IngressMatch match) => match switch
    {
        { Status: IngressMatchStatus.Rule, Route: { } route } => $"{route.PathType} {route.PathAsWritten} of {route.Source}",
        { Route.Source: { IsConfigured: false } source } => $"the default backend of {source}",
        _ => "the configured default backend",
    };

    private static string Place(IngressRoute route) => route.Source.Location is { } place ? $" ({place.File}:{place.Line})" : "";
}

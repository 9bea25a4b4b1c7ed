using System.Text.Json.Serialization;
using Ingress.Routing.Model;

namespace Ingress.Routing.Gateway.Output;

/// <summary>The answer for one URL as <c>match --format json</c> shows it; members that do not apply are null.</summary>
internal sealed record MatchJson
{
    public required string Url { get; init; }

    public required string Outcome { get; init; }

    public required string? Ingress { get; init; }

    public required string? Service { get; init; }

    [JsonConverter(typeof(PortJsonConverter))]
    public required ServiceBackendPort? Port { get; init; }

    public required ResourceJson? Resource { get; init; }

    public required string? PathType { get; init; }

    public required string? RulePath { get; init; }

    public required string? CanonicalPath { get; init; }

    public static MatchJson From(string url, IngressMatch match)
    {
        var isRule = match.Status == IngressMatchStatus.Rule;
        return new()
        {
            Url = url,
            Outcome = NameOf(match.Status),
            Ingress = match.Route is { Source.IsConfigured: false } route ? route.Source.Name.ToString() : null,
            Service = match.Route?.Service?.Name.ToString(),
            Port = match.Route?.Service?.Port,
            Resource = ResourceJson.From(match.Route?.Resource),
            PathType = isRule ? match.Route!.PathType.ToString() : null,
            RulePath = isRule ? match.Route!.PathAsWritten : null,
            CanonicalPath = match.Status == IngressMatchStatus.BadRequest ? null : match.Path.ToString(),
        };
    }

    private static string NameOf(IngressMatchStatus status) => status switch
    {
        IngressMatchStatus.Rule => "rule",
        IngressMatchStatus.DefaultBackend => "defaultBackend",
        IngressMatchStatus.BadRequest => "badRequest",
        IngressMatchStatus.PatternTimeout => "patternTimeout",
        _ => "notFound",
    };
}

using System.Text.Json.Serialization;
using Ingress.Routing.Model;

namespace Ingress.Routing.Gateway.Output;

/// <summary>A route as <c>routes --format json</c> and <c>/routes</c> show it.</summary>
internal sealed record RouteJson
{
    public required string? Host { get; init; }

    public required string? Path { get; init; }

    public required string? PathType { get; init; }

    public required string? Service { get; init; }

    [JsonConverter(typeof(PortJsonConverter))]
    public required ServiceBackendPort? Port { get; init; }

    public required ResourceJson? Resource { get; init; }

    /// <summary>What a request must be besides; left out when that is nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Conditions { get; init; }

    /// <summary>How requests are shared among several Services; left out when they are not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SplitJson? Split { get; init; }

    public required string? Ingress { get; init; }

    public required string? Field { get; init; }

    public required string? File { get; init; }

    public required int? Line { get; init; }

    public required int? Column { get; init; }

    public static RouteJson From(IngressRoute route)
    {
        var location = route.Source.Location;
        return new()
        {
            Host = route.Host,
            Path = route.Path,
            PathType = route.Path is null ? null : route.PathType.ToString(),
            Service = route.Service?.Name.ToString(),
            Port = route.Service?.Port,
            Resource = ResourceJson.From(route.Resource),
            Conditions = ConditionsOf(route.Conditions),
            Split = route.Split is { } split ? SplitJson.From(split) : null,
            Ingress = route.Source.IsConfigured ? null : route.Source.Name.ToString(),
            Field = route.Source.IsConfigured ? null : route.Source.Field,
            File = location?.File,
            Line = location?.Line,
            Column = location?.Column,
        };
    }

    private static List<string>? ConditionsOf(RouteConditions conditions)
        => conditions.Count == 0
            ? null
            : [
                .. conditions.Methods.Count == 0 ? [] : new[] { $"method {string.Join(" or ", conditions.Methods)}" },
                .. conditions.Parts.Select(static part => part.ToString()),
            ];
}

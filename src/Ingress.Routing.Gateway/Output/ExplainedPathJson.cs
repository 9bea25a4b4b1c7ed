using System.Text.Json.Serialization;
using Ingress.Routing.Explanation;
using Ingress.Routing.Model;

namespace Ingress.Routing.Gateway.Output;

/// <summary>One path that could have taken the request, as <c>explain --format json</c> shows it.</summary>
internal sealed record ExplainedPathJson
{
    public required string Ingress { get; init; }

    public required string Field { get; init; }

    public required string? Host { get; init; }

    public required string? Path { get; init; }

    public required string? PathAsWritten { get; init; }

    public required string? PathType { get; init; }

    public required string? Service { get; init; }

    [JsonConverter(typeof(PortJsonConverter))]
    public required ServiceBackendPort? Port { get; init; }

    public required ResourceJson? Resource { get; init; }

    public required string Outcome { get; init; }

    public required string? OutrankedBy { get; init; }

    public required MismatchJson? Mismatch { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Conditions { get; init; }

    public required IReadOnlyList<DiagnosticJson> Diagnostics { get; init; }

    public required string Message { get; init; }

    public required PlaceJson? Location { get; init; }

    public static ExplainedPathJson From(ClaimExplanation claim) => new()
    {
        Ingress = claim.Ingress.Name.ToString(),
        Field = claim.Field,
        Host = claim.Host,
        Path = claim.Path,
        PathAsWritten = claim.PathAsWritten,
        PathType = claim.Path is null ? null : claim.PathType.ToString(),
        Service = claim.Backend?.Service is { } service
            ? new NamespacedName(claim.Ingress.Name.Namespace, service.Name).ToString()
            : null,
        Port = claim.Backend?.Service?.Port,
        Resource = ResourceJson.From(claim.Backend?.Resource),
        Outcome = JsonName.Of(claim.Outcome),
        OutrankedBy = claim.OutrankedBy is { } step ? JsonName.Of(step) : null,
        Mismatch = claim.Mismatch is { } mismatch ? new(mismatch.Element, mismatch.Expected, mismatch.Actual) : null,
        Conditions = claim.Conditions.Count == 0 ? null : claim.Conditions.ToString(),
        Diagnostics = DiagnosticPrinter.ToJson(claim.Diagnostics),
        Message = claim.Message,
        Location = PlaceJson.From(claim.Location),
    };

    internal sealed record MismatchJson(int Element, string? Expected, string? Actual);
}

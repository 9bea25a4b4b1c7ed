using Ingress.Routing.Explanation;

namespace Ingress.Routing.Gateway.Output;

/// <summary>The certificate for a server name, as <c>explain --format json</c> shows it.</summary>
internal sealed record ExplainedCertificateJson
{
    public required string? ServerName { get; init; }

    public required IReadOnlyList<StepJson> Steps { get; init; }

    public required string Outcome { get; init; }

    public required string? Secret { get; init; }

    public required IReadOnlyList<string> DnsNames { get; init; }

    public required DateTimeOffset? NotBefore { get; init; }

    public required DateTimeOffset? NotAfter { get; init; }

    public required IReadOnlyList<EntryJson> Entries { get; init; }

    public required string Message { get; init; }

    public static ExplainedCertificateJson From(CertificateExplanation certificate) => new()
    {
        ServerName = certificate.ServerName,
        Steps = StepJson.From(certificate.Steps),
        Outcome = JsonName.Of(certificate.Outcome),
        Secret = certificate.Certificate?.Secret.Name.ToString(),
        DnsNames = certificate.Certificate?.DnsNames ?? [],
        NotBefore = certificate.Certificate?.NotBefore,
        NotAfter = certificate.Certificate?.NotAfter,
        Entries =
        [
            .. certificate.Claims.Select(claim => new EntryJson(
                claim.Ingress.ToString(),
                claim.Field,
                claim.Host,
                claim.Secret?.ToString(),
                JsonName.Of(claim.Outcome),
                claim.Message,
                PlaceJson.From(claim.Location))),
        ],
        Message = certificate.Message,
    };

    internal sealed record EntryJson(
        string Ingress, string Field, string Host, string? Secret, string Outcome, string Message, PlaceJson? Location);
}

using System.Text.Json;

namespace Ingress.Routing.Acme.Tests.Ca;

internal sealed record CaProblem(int Status, string Type, string Detail, int? RetryAfterSeconds = null);

internal sealed class CaAccount
{
    public required string Id { get; init; }

    public required JsonElement Key { get; set; }

    public string? Contact { get; set; }

    public string? BoundTo { get; init; }
}

internal sealed class CaOrder
{
    public required string Id { get; init; }

    public required CaAccount Account { get; init; }

    public required IReadOnlyList<string> Names { get; init; }

    public required IReadOnlyList<CaAuthorization> Authorizations { get; init; }

    public string? Profile { get; init; }

    public string? Replaces { get; init; }

    public bool IsInvalid { get; set; }

    public byte[]? Request { get; set; }

    public string? CertificateId { get; set; }

    public DateTimeOffset ProcessedAt { get; set; }

    public int Finalizations { get; set; }

    public string StatusAt(DateTimeOffset now)
        => IsInvalid || Authorizations.Any(authorization => authorization.Status == "invalid") ? "invalid"
            : CertificateId is not null ? now < ProcessedAt ? "processing" : "valid"
            : Authorizations.All(authorization => authorization.Status == "valid") ? "ready" : "pending";
}

internal sealed class CaAuthorization
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required bool IsWildcard { get; init; }

    public required string Token { get; init; }

    public volatile string Status = "pending";

    public string? Tried { get; set; }

    public string? Error { get; set; }
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ingress.Routing.Acme.Protocol;

/// <summary>What a CA can do, and where (RFC 8555, 7.1.1).</summary>
internal sealed record DirectoryMessage
{
    public Uri? NewNonce { get; init; }

    public Uri? NewAccount { get; init; }

    public Uri? NewOrder { get; init; }

    public Uri? RevokeCert { get; init; }

    public Uri? KeyChange { get; init; }

    /// <summary>When to renew (RFC 9773); null where the CA does not say.</summary>
    public Uri? RenewalInfo { get; init; }

    public DirectoryMeta? Meta { get; init; }
}

internal sealed record DirectoryMeta
{
    public string? TermsOfService { get; init; }

    public bool ExternalAccountRequired { get; init; }

    /// <summary>The profiles of certificates, with a word about each.</summary>
    public Dictionary<string, string>? Profiles { get; init; }
}

internal sealed record AccountRequest
{
    public string[]? Contact { get; init; }

    public bool? TermsOfServiceAgreed { get; init; }

    public bool? OnlyReturnExisting { get; init; }

    public JsonElement? ExternalAccountBinding { get; init; }
}

internal sealed record AccountMessage
{
    public string? Status { get; init; }

    public Uri? Orders { get; init; }
}

internal sealed record OrderListMessage
{
    public Uri[]? Orders { get; init; }
}

internal sealed record IdentifierMessage
{
    public string Type { get; init; } = "dns";

    public string Value { get; init; } = "";
}

internal sealed record OrderRequest
{
    public required IdentifierMessage[] Identifiers { get; init; }

    public string? Profile { get; init; }

    /// <summary>The certificate that the new one takes the place of (RFC 9773, 5).</summary>
    public string? Replaces { get; init; }
}

internal sealed record OrderMessage
{
    public string? Status { get; init; }

    public IdentifierMessage[]? Identifiers { get; init; }

    public Uri[]? Authorizations { get; init; }

    public Uri? Finalize { get; init; }

    public Uri? Certificate { get; init; }

    public AcmeProblem? Error { get; init; }
}

internal sealed record AuthorizationMessage
{
    public IdentifierMessage? Identifier { get; init; }

    public string? Status { get; init; }

    public bool Wildcard { get; init; }

    public ChallengeMessage[]? Challenges { get; init; }
}

internal sealed record ChallengeMessage
{
    public string? Type { get; init; }

    public Uri? Url { get; init; }

    public string? Status { get; init; }

    public string? Token { get; init; }

    public AcmeProblem? Error { get; init; }
}

internal sealed record FinalizeRequest
{
    public required string Csr { get; init; }
}

internal sealed record RevocationRequest
{
    public required string Certificate { get; init; }

    public int? Reason { get; init; }
}

internal sealed record RenewalInfoMessage
{
    public RenewalWindow? SuggestedWindow { get; init; }

    [JsonPropertyName("explanationURL")]
    public string? ExplanationUrl { get; init; }
}

internal sealed record RenewalWindow
{
    public DateTimeOffset Start { get; init; }

    public DateTimeOffset End { get; init; }
}

/// <summary>A signed request in its flattened form (RFC 7515, 7.2.2).</summary>
internal sealed record SignedMessage
{
    public required string Protected { get; init; }

    public required string Payload { get; init; }

    public required string Signature { get; init; }
}

/// <summary>An empty JSON object, which asks for a challenge to be tried.</summary>
internal sealed record EmptyMessage;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    MaxDepth = 16)]
[JsonSerializable(typeof(DirectoryMessage))]
[JsonSerializable(typeof(AccountRequest))]
[JsonSerializable(typeof(AccountMessage))]
[JsonSerializable(typeof(OrderListMessage))]
[JsonSerializable(typeof(OrderRequest))]
[JsonSerializable(typeof(OrderMessage))]
[JsonSerializable(typeof(AuthorizationMessage))]
[JsonSerializable(typeof(ChallengeMessage))]
[JsonSerializable(typeof(FinalizeRequest))]
[JsonSerializable(typeof(RevocationRequest))]
[JsonSerializable(typeof(RenewalInfoMessage))]
[JsonSerializable(typeof(SignedMessage))]
[JsonSerializable(typeof(EmptyMessage))]
[JsonSerializable(typeof(AcmeProblem))]
[JsonSerializable(typeof(string))]
internal sealed partial class AcmeJson : JsonSerializerContext;

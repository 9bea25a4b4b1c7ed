using System.Text.Json.Serialization;

namespace Ingress.Routing.Acme.Storage;

/// <summary>An account.</summary>
internal sealed record StoredAccount
{
    public required string Directory { get; init; }

    /// <summary>Its address; null as long as it is not known whether there is one.</summary>
    public string? Url { get; init; }

    public required string Key { get; init; }

    /// <summary>The key that is to take the place of the other one, or has just done so.</summary>
    public string? NextKey { get; init; }

    public string? Email { get; init; }
}

/// <summary>An order that is not done yet.</summary>
internal sealed record StoredOrder
{
    public required string Directory { get; init; }

    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>Its address; null as long as it is not known whether there is one.</summary>
    public string? Url { get; init; }

    /// <summary>The key for the certificate.</summary>
    public required string Key { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Whether the CA was sent the key.</summary>
    public bool IsFinalized { get; init; }
}

/// <summary>A certificate.</summary>
internal sealed record StoredCertificate
{
    public required string Directory { get; init; }

    public required IReadOnlyList<string> Names { get; init; }

    public required string Chain { get; init; }

    public required string Key { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public string? Profile { get; init; }
}

/// <summary>A challenge that waits for the CA.</summary>
internal sealed record StoredChallenge
{
    public required AcmeChallengeKind Kind { get; init; }

    public required string ServerName { get; init; }

    public required string Token { get; init; }

    public required string KeyAuthorization { get; init; }

    public required DateTimeOffset Until { get; init; }
}

/// <summary>What was ordered lately, and what has failed.</summary>
internal sealed record StoredLedger
{
    public IReadOnlyList<DateTimeOffset> Orders { get; init; } = [];

    public IReadOnlyList<StoredFailure> Failures { get; init; } = [];
}

/// <summary>What failed for some names, and when to try again.</summary>
internal sealed record StoredFailure
{
    public required string Id { get; init; }

    public required int Count { get; init; }

    public required DateTimeOffset At { get; init; }

    public required DateTimeOffset RetryAt { get; init; }

    public required string Message { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    WriteIndented = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(StoredAccount))]
[JsonSerializable(typeof(StoredOrder))]
[JsonSerializable(typeof(StoredCertificate))]
[JsonSerializable(typeof(StoredChallenge))]
[JsonSerializable(typeof(StoredLedger))]
internal sealed partial class StoredJson : JsonSerializerContext;

using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Ingress.Routing.Acme.Protocol;

/// <summary>What a CA has answered with success.</summary>
internal sealed class AcmeResponse
{
    public required int Status { get; init; }

    public required byte[] Body { get; init; }

    /// <summary>Where what was made can be found, in the very words of the CA; null when it does not say.</summary>
    public Uri? Location { get; init; }

    /// <summary>How long to wait before the next look; null when the CA does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The addresses that lead on, by their relation.</summary>
    public required ILookup<string, Uri> Links { get; init; }

    /// <exception cref="AcmeException">The answer is something else.</exception>
    public T Read<T>(JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(Body, type) ?? throw new JsonException("It is null.");
        }
        catch (JsonException exception)
        {
            throw new AcmeException("The CA answered with something that is not the JSON that was asked for.", exception);
        }
    }
}

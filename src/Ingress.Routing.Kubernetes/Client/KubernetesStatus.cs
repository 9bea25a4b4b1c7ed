using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Ingress.Routing.Kubernetes.Client;

/// <summary>What is needed of a <c>Status</c> object, or of whatever else stands in the body of an error.</summary>
internal sealed record KubernetesStatus
{
    // A proxy in between may answer with a page of HTML.
    private const int LongestText = 200;

    /// <summary>Such as <c>NotFound</c>; empty when the body did not say.</summary>
    public string Reason { get; init; } = "";

    public string Message { get; init; } = "";

    public int Code { get; init; }

    /// <summary>The reasons of <c>details.causes</c>.</summary>
    public IReadOnlyList<string> Causes { get; init; } = [];

    /// <summary>The fields of <c>details.causes</c>.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>The object the error is about; absent where the whole resource is missing.</summary>
    public string? Name { get; init; }

    /// <summary>How long <c>details.retryAfterSeconds</c> asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Reads a body; never fails.</summary>
    public static KubernetesStatus Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return Of(document.RootElement);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
        }

        var text = Encoding.UTF8.GetString(body[..Math.Min(body.Length, LongestText)]).Trim();
        return new() { Message = text };
    }

    /// <summary>Reads a Status object.</summary>
    public static KubernetesStatus Of(JsonElement status)
    {
        var details = status.TryGetProperty("details", out var found) && found.ValueKind == JsonValueKind.Object ? found : default;
        var causes = details.ValueKind == JsonValueKind.Object && details.TryGetProperty("causes", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(static cause => cause.ValueKind == JsonValueKind.Object).ToList()
            : [];
        return new()
        {
            Reason = Text(status, "reason") ?? "",
            Message = Text(status, "message") ?? "",
            Code = status.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out var number) ? number : 0,
            Name = Text(details, "name"),
            Causes = [.. causes.Select(static cause => Text(cause, "reason")).OfType<string>()],
            Fields = [.. causes.Select(static cause => Text(cause, "field")).OfType<string>()],
            RetryAfter = details.ValueKind == JsonValueKind.Object
                && details.TryGetProperty("retryAfterSeconds", out var seconds) && seconds.ValueKind == JsonValueKind.Number && seconds.TryGetInt32(out var wait)
                    ? TimeSpan.FromSeconds(wait)
                    : null,
        };
    }

    /// <summary>The message in one printable line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Code} {Reason}: {Message}");

    private static string? Text(JsonElement element, string field)
        => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}

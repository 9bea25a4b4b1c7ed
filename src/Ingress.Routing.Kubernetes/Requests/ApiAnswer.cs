using System.Text.Json.Nodes;

namespace Ingress.Routing.Kubernetes.Requests;

/// <summary>What the API server answered.</summary>
/// <param name="Status">The status code; 0 when there was no answer.</param>
/// <param name="Body">The object, or the <c>Status</c> that says what is wrong; null when it is neither.</param>
/// <param name="RetryAfter">How long the server wants to be left alone.</param>
/// <param name="Problem">Why there was no answer.</param>
internal sealed record ApiAnswer(int Status, JsonObject? Body = null, TimeSpan? RetryAfter = null, string? Problem = null)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    public bool IsForbidden => Status == 403;

    public bool IsMissing => Status == 404;

    public bool IsConflict => Status == 409;

    public bool IsInvalid => Status == 422;

    /// <summary>The version of the object that was answered.</summary>
    public string? Version => Text(Body?["metadata"] as JsonObject, "resourceVersion");

    /// <summary>What to tell about an answer that is no success.</summary>
    // Never more than the message: a body may be a page of a proxy in between.
    public string Describe() => Problem ?? (Text(Body, "message") is { } message ? $"{Status}: {message}" : $"status {Status}");

    /// <summary>A text of an object; null when it is absent or something else.</summary>
    public static string? Text(JsonObject? value, string name)
        => value?[name] is JsonValue field && field.TryGetValue<string>(out var text) ? text : null;
}

namespace Ingress.Routing.Annotations;

/// <summary>How a path is read. Immutable.</summary>
public sealed record PathReading
{
    /// <summary>The regular expression; null when the path is literal text, or there is a <see cref="Problem"/>.</summary>
    public PathPattern? Pattern { get; init; }

    /// <summary>
    /// Why the path cannot be read, as the end of a sentence; null when it can. Requests that begin like the path then get 503.
    /// </summary>
    public string? Problem { get; init; }

    /// <summary>What is different from what Kubernetes means by the path, in one or two sentences; null when that is nothing worth a diagnostic.</summary>
    public string? Difference { get; init; }
}

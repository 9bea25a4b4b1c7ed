namespace Ingress.Routing.Policies;

/// <summary>What a policy does with one request: let it go on, change its target, or answer it.</summary>
public readonly record struct PolicyOutcome
{
    private PolicyOutcome(int status, string? location, string? target, string? strippedPrefix)
    {
        Status = status;
        Location = location;
        Target = target;
        StrippedPrefix = strippedPrefix;
    }

    /// <summary>The request goes on unchanged.</summary>
    public static PolicyOutcome Continue => default;

    /// <summary>The status code of the answer; zero when the request goes on.</summary>
    public int Status { get; }

    /// <summary>The <c>Location</c> of a redirect; null when the answer has none.</summary>
    public string? Location { get; }

    /// <summary>The path and query that the request goes on with, in origin form; null when they stay as they are.</summary>
    public string? Target { get; }

    /// <summary>What was taken away from the start of the path, for <c>X-Forwarded-Prefix</c>; null when nothing was.</summary>
    public string? StrippedPrefix { get; }

    /// <summary>The body of the answer; null when it has none.</summary>
    public string? Text { get; private init; }

    /// <summary>Whether the request is answered here.</summary>
    public bool IsAnswer => Status != 0;

    /// <summary>An answer with a status code.</summary>
    /// <param name="status">From 200 to 599.</param>
    public static PolicyOutcome Answer(int status) => new(status, null, null, null);

    /// <summary>An answer with a status code and a short text.</summary>
    /// <param name="status">From 200 to 599.</param>
    /// <param name="text">The body, as plain text.</param>
    public static PolicyOutcome Answer(int status, string text) => new(status, null, null, null) { Text = text };

    /// <summary>A redirect.</summary>
    /// <param name="status">From 300 to 399.</param>
    /// <param name="location">An absolute URL, or a path with an optional query; characters that a header can hold.</param>
    public static PolicyOutcome Redirect(int status, string location) => new(status, location, null, null);

    /// <summary>The request goes on with another target.</summary>
    /// <param name="target">A canonical path, with an optional query.</param>
    /// <param name="strippedPrefix">What was taken away from the start of the path, for <c>X-Forwarded-Prefix</c>.</param>
    public static PolicyOutcome Rewrite(string target, string? strippedPrefix = null) => new(0, null, target, strippedPrefix);
}

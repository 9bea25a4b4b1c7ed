namespace Ingress.Routing.Explanation;

/// <summary>Where the path of a rule and that of a request part. Immutable.</summary>
public sealed record PathMismatch
{
    /// <summary>The element, the text between two slashes, counted from 1; 0 for a regular expression.</summary>
    public required int Element { get; init; }

    /// <summary>That element of the rule; null when the rule has ended, which only an Exact path minds.</summary>
    public string? Expected { get; init; }

    /// <summary>That element of the request; null when its path has ended, empty after a trailing slash.</summary>
    public string? Actual { get; init; }

    /// <summary>The regular expression that does not match; null when literal text differs, of which the other properties speak.</summary>
    public PathPattern? Pattern { get; init; }

    /// <summary>The difference in one sentence.</summary>
    public string Message => (Expected, Actual) switch
    {
        _ when Pattern is not null => $"The regular expression '{Pattern}' does not match.",
        ("", null) => "The request lacks the slash at the end, and an Exact path must be equal as a whole.",
        (not null, null) => $"The request ends before element {Element}, '{Expected}'.",
        (null, "") => "The request has a slash at the end, and an Exact path must be equal as a whole.",
        (null, _) => $"The request goes on with '{Actual}', and an Exact path must be equal as a whole.",
        (_, "") => $"Element {Element} is empty, not '{Expected}'.",
        _ => $"Element {Element} is '{Actual}', not '{Expected}'{Hint}.",
    };

    private string Hint => Expected!.Equals(Actual, StringComparison.OrdinalIgnoreCase)
        ? ", and case matters"
        : Actual!.StartsWith(Expected, StringComparison.Ordinal) && Expected.Length > 0 ? ", and only whole elements are compared" : "";

    /// <summary>Returns the message.</summary>
    public override string ToString() => Message;

    /// <summary>Compares the paths element by element (semantics 4.3, 4.4).</summary>
    /// <param name="rulePath">The canonical path of the rule.</param>
    /// <param name="requestPath">The canonical path of the request.</param>
    /// <returns>The first difference; null when the path fits.</returns>
    internal static PathMismatch? Find(PathType type, string rulePath, string requestPath)
    {
        // A trailing slash of a Prefix is ignored, so that the root has no elements at all.
        var isExact = type == PathType.Exact;
        var expected = (!isExact && rulePath.EndsWith('/') ? rulePath[..^1] : rulePath).Split('/');
        var actual = requestPath.Split('/');
        var compared = isExact ? Math.Max(expected.Length, actual.Length) : expected.Length;
        for (var i = 1; i < compared; i++)
        {
            var (wanted, given) = (expected.ElementAtOrDefault(i), actual.ElementAtOrDefault(i));
            if (wanted != given)
            {
                return new() { Element = i, Expected = wanted, Actual = given };
            }
        }

        return null;
    }
}

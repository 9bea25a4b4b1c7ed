using System.Text;
using System.Text.RegularExpressions;

namespace Ingress.Routing.Explanation;

/// <summary>A request target in canonical form, and how it came to that; or what is wrong with it (D8, D9).</summary>
/// <param name="Authority">The authority of an absolute-form target; null in origin-form.</param>
/// <param name="Path">The canonical path.</param>
/// <param name="Query">The query with its <c>?</c>, as received.</param>
/// <param name="Steps">The rules that changed something.</param>
/// <param name="Problem">Why the answer is 400; the path is meaningless then.</param>
internal sealed partial record CanonicalTarget(
    string? Authority, string Path, string Query, IReadOnlyList<CanonicalizationStep> Steps, RequestProblem? Problem)
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private const string PathCharacters = Unreserved + "!$&'()*+,;=:@/%";

    /// <summary>Reads a target as received.</summary>
    public static CanonicalTarget Read(string target, RouteTableOptions options)
    {
        var prefix = SchemeAndAuthority().Match(target);
        var authority = prefix.Success ? prefix.Groups["authority"].Value : null;
        if (authority is "" || (authority is null && !target.StartsWith('/')))
        {
            const string Message = "The target has no path: it starts neither with '/' nor with a scheme and a host.";
            return Refused(authority, target, RequestProblemKind.NoPath, Message);
        }

        var trail = new StepTrail(target);
        var rest = target[prefix.Length..];
        trail.Apply(CanonicalizationRule.AuthorityRemoved, rest is "" or ['?', ..] ? "/" + rest : rest);

        var path = trail.Text.Split('?')[0];
        var query = trail.Text[path.Length..];
        trail.Apply(CanonicalizationRule.QueryRemoved, path);

        if (ProblemOf(target, prefix.Length, path, options) is { } problem)
        {
            return new(authority, "", "", [], problem);
        }

        Canonicalize(trail, options);
        return new(authority, trail.Text, query, trail.Steps, null);
    }

    // Each rule for itself, over the whole text. An escape is always three characters here, so that no rule can make a new one.
    private static void Canonicalize(StepTrail trail, RouteTableOptions options)
    {
        trail.Apply(CanonicalizationRule.UnreservedDecoded, Escape().Replace(trail.Text, static escape => DecodeUnreserved(escape.Value)));
        trail.Apply(CanonicalizationRule.EscapesUpperCased, Escape().Replace(trail.Text, static escape => escape.Value.ToUpperInvariant()));
        trail.Apply(CanonicalizationRule.CharactersEscaped, string.Concat(trail.Text.Select(EscapeOther)));
        trail.Apply(CanonicalizationRule.DotSegmentsRemoved, RemoveDotSegments(trail.Text));
        if (!options.KeepSlashes)
        {
            trail.Apply(CanonicalizationRule.SlashesMerged, Slashes().Replace(trail.Text, "/"));
        }
    }

    private static string DecodeUnreserved(string escape)
    {
        var decoded = (char)Convert.ToByte(escape[1..], 16);
        return Unreserved.Contains(decoded, StringComparison.Ordinal) ? decoded.ToString() : escape;
    }

    private static string EscapeOther(char c) => PathCharacters.Contains(c, StringComparison.Ordinal) ? c.ToString() : $"%{(int)c:X2}";

    // RFC 3986, 5.2.4: element by element, empty ones included; above the root there is nothing to remove.
    private static string RemoveDotSegments(string path)
    {
        var elements = path[1..].Split('/');
        var kept = new List<string>();
        foreach (var element in elements)
        {
            if (element == ".." && kept.Count > 0)
            {
                kept.RemoveAt(kept.Count - 1);
            }

            if (element is not ("." or ".."))
            {
                kept.Add(element);
            }
        }

        // A dot segment at the end leaves its slash: "/a/." is "/a/".
        if (elements[^1] is "." or "..")
        {
            kept.Add("");
        }

        return new StringBuilder("/").AppendJoin('/', kept).ToString();
    }

    private static RequestProblem? ProblemOf(string target, int start, string path, RouteTableOptions options)
    {
        foreach (var (i, c) in path.Index())
        {
            if (c is <= ' ' or >= '\x7F' or '#')
            {
                return Say(target, RequestProblemKind.IllegalCharacter, $"A path must not hold {NameOf(c)} unescaped.", start + i);
            }

            if (c == '%' && !EscapeHere().IsMatch(path, i))
            {
                return Say(target, RequestProblemKind.MalformedEscape, "A '%' must be followed by two hexadecimal digits.", start + i);
            }
        }

        if (path.IndexOf("%00", StringComparison.Ordinal) is >= 0 and var nul)
        {
            return Say(target, RequestProblemKind.EncodedNul, "A path must not hold an encoded NUL.", start + nul);
        }

        return options.RejectEncodedSeparators && Separator().Match(path) is { Success: true } separator
            ? Say(
                target,
                RequestProblemKind.EncodedSeparator,
                $"'{separator.Value}' is a separator to some servers, and the options refuse it.",
                start + separator.Index)
            : null;
    }

    private static string NameOf(char c) => c switch
    {
        ' ' => "a blank",
        '#' => "'#'",
        > '\x7F' => $"'{c}'",
        _ => $"the control character U+{(int)c:X4}",
    };

    private static CanonicalTarget Refused(string? authority, string target, RequestProblemKind kind, string message)
        => new(authority, "", "", [], Say(target, kind, message, null));

    private static RequestProblem Say(string target, RequestProblemKind kind, string message, int? position)
        => new() { Kind = kind, Text = target, Position = position, Message = message };

    // User information, up to the last '@', is no part of the host.
    [GeneratedRegex(@"\A[Hh][Tt][Tt][Pp][Ss]?://(?:[^/?#]*@)?(?<authority>[^/?#@]*)")]
    private static partial Regex SchemeAndAuthority();

    [GeneratedRegex(@"\G%[0-9A-Fa-f]{2}")]
    private static partial Regex EscapeHere();

    [GeneratedRegex("%[0-9A-Fa-f]{2}")]
    private static partial Regex Escape();

    [GeneratedRegex(@"\\|%(?:2[Ff]|5[Cc])")]
    private static partial Regex Separator();

    [GeneratedRegex("/{2,}")]
    private static partial Regex Slashes();
}

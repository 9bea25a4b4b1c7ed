using Ingress.Routing.Matching;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Annotations;

/// <summary>What the targets in annotations may consist of.</summary>
internal static class TargetText
{
    /// <summary>Whether a request line and a header can hold the text, and each <c>%</c> begins an escape.</summary>
    public static bool IsSendable(ReadOnlySpan<char> text)
    {
        if (text.ContainsAnyExceptInRange('!', '~'))
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && !CanonicalPath.IsEscape(text[i..]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the text is a host with an optional port.</summary>
    public static bool IsHost(string text) => text.Length > 0 && RequestHost.TryRead(text, out var host) && !host.Text.IsEmpty && !host.Text.Contains('*');

    /// <summary>Whether the text begins as a URL of http or https does.</summary>
    public static bool IsUrl(string text)
        => text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether no request can choose the host of a URL.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="pattern">The pattern of its captures; null when it has none.</param>
    // The path has to begin in the text itself, or with the path of the request, which begins with a slash.
    public static bool HasConstantHost(PolicyTemplate url, PathPattern? pattern)
    {
        const string PathVariable = "${path}";
        var start = url.LeadingLiteral;
        return Uri.TryCreate(start, UriKind.Absolute, out _)
            && (url.IsConstant
                || start.IndexOf('/', "https://".Length) > 0
                || (url.Text.StartsWith(start + PathVariable, StringComparison.Ordinal) && pattern?.HasGroup("path") != true));
    }
}

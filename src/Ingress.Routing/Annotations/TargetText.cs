using Ingress.Routing.Matching;

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
}

using System.Buffers;
using Ingress.Routing.Matching;

namespace Ingress.Routing.Model;

/// <summary>The name formats of the API server. Each violation is one message, because the API server reports each as one error.</summary>
/// <remarks>Explicit ASCII ranges throughout: no regex, no culture (semantics 9.9).</remarks>
internal static class NameSyntax
{
    private const int SubdomainLimit = 253;
    private const int LabelLimit = 63;
    private const int PortNameLimit = 15;

    private static readonly SearchValues<char> s_lowerAlphanumericOrHyphen = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    // httpPathFmt of the API server: a path of RFC 3986 without '@'.
    private static readonly SearchValues<char> s_controllerPath =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/-._~%!$&'()*+,;=:");

    /// <summary>A DNS-1123 subdomain. Only the total length is limited, not that of a label (semantics 2.3.3).</summary>
    public static IEnumerable<string> SubdomainErrors(string text)
    {
        if (text.Length > SubdomainLimit)
        {
            yield return $"it is longer than {SubdomainLimit} characters";
        }

        if (!IsSubdomain(text))
        {
            yield return "it is not a DNS name in lower case: letters, digits and hyphens, in parts joined by single dots that start and end with "
                + "a letter or digit";
        }
    }

    /// <summary><c>*.</c> and a DNS-1123 subdomain (semantics 2.3.4).</summary>
    public static IEnumerable<string> WildcardErrors(string text)
    {
        if (text.Length > SubdomainLimit)
        {
            yield return $"it is longer than {SubdomainLimit} characters";
        }

        if (!text.StartsWith("*.", StringComparison.Ordinal) || !IsSubdomain(text.AsSpan(2)))
        {
            yield return "a wildcard is '*.' followed by a DNS name in lower case, and stands for exactly one label";
        }
    }

    /// <summary>A subdomain, or a wildcard if there is a <c>*</c> anywhere (semantics 2.3.4, 2.6.1).</summary>
    public static IEnumerable<string> SubdomainOrWildcardErrors(string text) => text.Contains('*') ? WildcardErrors(text) : SubdomainErrors(text);

    /// <summary>A DNS-1123 label, as namespaces are (semantics 2.1.2).</summary>
    public static IEnumerable<string> LabelErrors(string text)
    {
        if (text.Length > LabelLimit)
        {
            yield return $"it is longer than {LabelLimit} characters";
        }

        if (!IsLabel(text))
        {
            yield return "it may hold lower-case letters, digits and hyphens, and must start and end with a letter or digit";
        }
    }

    /// <summary>A DNS-1035 label, as Service names are (semantics 2.5.4).</summary>
    public static IEnumerable<string> ServiceNameErrors(string text)
    {
        if (text.Length > LabelLimit)
        {
            yield return $"it is longer than {LabelLimit} characters";
        }

        if (!IsLabel(text) || !char.IsAsciiLetterLower(text[0]))
        {
            yield return "it may hold lower-case letters, digits and hyphens, must start with a letter, and must end with a letter or digit";
        }
    }

    /// <summary>The name of a port (semantics 2.5.8).</summary>
    public static IEnumerable<string> PortNameErrors(string text)
    {
        if (text.Length > PortNameLimit)
        {
            yield return $"it is longer than {PortNameLimit} characters";
        }

        if (text.AsSpan().ContainsAnyExcept(s_lowerAlphanumericOrHyphen))
        {
            yield return "it may hold lower-case letters, digits and hyphens only";
        }

        if (!text.AsSpan().ContainsAnyInRange('a', 'z'))
        {
            yield return "it must hold at least one letter";
        }

        if (text.Contains("--", StringComparison.Ordinal))
        {
            yield return "it must not hold two hyphens in a row";
        }

        if (text.StartsWith('-') || text.EndsWith('-'))
        {
            yield return "it must not start or end with a hyphen";
        }
    }

    /// <summary>Something that can be one element of a URL path (semantics 2.5.10).</summary>
    public static IEnumerable<string> PathSegmentErrors(string text)
    {
        if (text is "." or "..")
        {
            yield return $"it must not be '{text}'";
            yield break;
        }

        if (text.Contains('/'))
        {
            yield return "it must not contain '/'";
        }

        if (text.Contains('%'))
        {
            yield return "it must not contain '%'";
        }
    }

    /// <summary>A domain, a slash and a path, as controller names are (semantics 2.7.1). The text is not empty.</summary>
    public static IEnumerable<string> DomainPrefixedPathErrors(string text)
    {
        var slash = text.IndexOf('/');
        if (slash <= 0 || slash == text.Length - 1)
        {
            return ["it must be a domain, a slash and a path, such as 'example.com/ingress'"];
        }

        var domainErrors = SubdomainErrors(text[..slash]).Select(static error => $"of its domain, {error}");
        return text.AsSpan(slash + 1).ContainsAnyExcept(s_controllerPath)
            ? domainErrors.Append("its path holds characters that a URL path may not hold")
            : domainErrors;
    }

    /// <summary>Whether the API server reads the text as an IP address (semantics 2.3.2).</summary>
    public static bool IsIPAddress(string text)
        => text.Contains(':') ? System.Net.IPAddress.TryParse(text, out _) && !text.AsSpan().ContainsAny("[]%/") : IPv4Syntax.IsAddress(text);

    private static bool IsSubdomain(ReadOnlySpan<char> text)
    {
        foreach (var label in text.Split('.'))
        {
            if (!IsLabel(text[label]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsLabel(ReadOnlySpan<char> text)
        => !text.IsEmpty && !text.ContainsAnyExcept(s_lowerAlphanumericOrHyphen) && text[0] != '-' && text[^1] != '-';
}

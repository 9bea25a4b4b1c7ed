using System.Buffers;
using System.Text;
using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>The formats of labels, annotations and finalizers (semantics 2.1.4 to 2.1.6). Each violation is one message.</summary>
internal static class LabelSyntax
{
    private const int NameLimit = 63;

    private static readonly SearchValues<char> s_inner =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <summary>Whether a text is a qualified name; most are, and need no list of violations.</summary>
    public static bool IsQualifiedName(string text)
    {
        var slash = text.IndexOf('/');
        return IsName(text.AsSpan(slash + 1)) && (slash < 0 || !NameSyntax.SubdomainErrors(text[..slash]).Any());
    }

    /// <summary>A name, after an optional DNS subdomain and a slash.</summary>
    public static IEnumerable<string> QualifiedNameErrors(string text)
    {
        var parts = text.Split('/');
        if (parts.Length > 2)
        {
            yield return "it may hold one '/', between a DNS name and a name, such as 'example.com/my-name'";
            yield break;
        }

        if (parts.Length == 2)
        {
            foreach (var error in parts[0].Length == 0 ? ["it is empty"] : NameSyntax.SubdomainErrors(parts[0]))
            {
                yield return $"of its part before '/', {error}";
            }
        }

        var name = parts[^1];
        if (name.Length == 0)
        {
            yield return "its name is empty";
        }
        else if (Encoding.UTF8.GetByteCount(name) > NameLimit)
        {
            yield return $"its name is longer than {NameLimit} characters";
        }

        if (!HasNameForm(name))
        {
            yield return "its name may hold letters, digits, '-', '_' and '.', and must start and end with a letter or digit";
        }
    }

    /// <summary>Whether a text is the value of a label.</summary>
    public static bool IsLabelValue(string text) => text.Length == 0 || IsName(text);

    /// <summary>The value of a label, which may be empty.</summary>
    public static IEnumerable<string> LabelValueErrors(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) > NameLimit)
        {
            yield return $"it is longer than {NameLimit} characters";
        }

        if (text.Length > 0 && !HasNameForm(text))
        {
            yield return "it may hold letters, digits, '-', '_' and '.', and must start and end with a letter or digit";
        }
    }

    private static bool IsName(ReadOnlySpan<char> text) => text.Length <= NameLimit && HasNameForm(text);

    private static bool HasNameForm(ReadOnlySpan<char> text)
        => !text.IsEmpty && !text.ContainsAnyExcept(s_inner) && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1]);
}

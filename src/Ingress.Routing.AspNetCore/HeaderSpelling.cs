namespace Ingress.Routing.AspNetCore;

/// <summary>Tells spellings of a header that a backend may take for the same: CGI, WSGI and PHP read <c>X_Tenant</c> as <c>X-Tenant</c>.</summary>
internal static class HeaderSpelling
{
    /// <summary>Whether a name differs from another one in punctuation alone.</summary>
    public static bool IsOther(string name, string of)
    {
        if (name.Length != of.Length || name.Equals(of, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        for (var i = 0; i < name.Length; i++)
        {
            if (Canonical(name[i]) != Canonical(of[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a name begins with a text, in whatever case and punctuation.</summary>
    /// <param name="start">Lower-case letters, digits and <c>-</c>.</param>
    public static bool BeginsLike(string name, string start)
    {
        if (name.Length < start.Length)
        {
            return false;
        }

        for (var i = 0; i < start.Length; i++)
        {
            if (Canonical(name[i]) != start[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The letter in lower case, the digit, or <c>-</c> for everything else.</summary>
    public static char Canonical(char character) => char.IsAsciiLetterOrDigit(character) ? char.ToLowerInvariant(character) : '-';
}

using System.Text;
using System.Text.RegularExpressions;

namespace Ingress.Routing.Tests.Shared;

/// <summary>Section 8 of the semantics (D8, D9), step by step and string by string. Slow on purpose.</summary>
internal static class ReferencePath
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private const string PathCharacters = Unreserved + "!$&'()*+,;=:@/";

    private static readonly Regex s_schemeAndAuthority = new(@"\A[Hh][Tt][Tt][Pp][Ss]?://(?<authority>[^/?#]*)");

    /// <summary>The canonical path of a request target; null when the answer is 400.</summary>
    public static string? OfTarget(string target, RouteTableOptions options)
    {
        var authority = s_schemeAndAuthority.Match(target).Value;
        var path = target[authority.Length..].Split('?')[0]; // steps 1 and 2
        if (path == "" && authority != "")
        {
            path = "/";
        }

        return path.StartsWith('/') && IsLegal(path, options) ? OfRule(path, options) : null; // step 3
    }

    /// <summary>The authority of an absolute-form target, without user information; null for any other target.</summary>
    public static string? AuthorityOf(string target)
        => s_schemeAndAuthority.Match(target) is { Success: true } match ? match.Groups["authority"].Value.Split('@')[^1] : null;

    /// <summary>
    /// The canonical form of a rule path: steps 4 to 6 only (semantics 8.4); an absent path means <c>/</c> (semantics 4.10).
    /// </summary>
    public static string OfRule(string? path, RouteTableOptions options)
    {
        var canonical = RemoveDotSegments(NormalizeEscapes(string.IsNullOrEmpty(path) ? "/" : path));
        while (!options.KeepSlashes && canonical.Contains("//"))
        {
            canonical = canonical.Replace("//", "/");
        }

        return canonical;
    }

    private static bool IsLegal(string path, RouteTableOptions options)
    {
        var hasIllegalCharacter = path.Any(c => c is '#' or <= ' ' or >= '\x7f');
        var hasMalformedEscape = Regex.IsMatch(path, "%(?![0-9A-Fa-f]{2})");
        var hasNul = path.Contains("%00");
        var hasEncodedSeparator = Regex.IsMatch(path, "%(2[Ff]|5[Cc])");
        return !hasIllegalCharacter && !hasMalformedEscape && !hasNul && !(options.RejectEncodedSeparators && hasEncodedSeparator);
    }

    private static string NormalizeEscapes(string path)
        => Regex.Replace(path, @"%(?<hex>[0-9A-Fa-f]{2})|[\ud800-\udbff][\udc00-\udfff]|[\s\S]", match =>
        {
            if (match.Groups["hex"] is { Success: true } hex)
            {
                var decoded = (char)Convert.ToByte(hex.Value, 16);
                return Unreserved.Contains(decoded) ? decoded.ToString() : "%" + hex.Value.ToUpperInvariant();
            }

            return PathCharacters.Contains(match.Value)
                ? match.Value
                : string.Concat(Encoding.UTF8.GetBytes(match.Value).Select(b => $"%{b:X2}"));
        });

    // RFC 3986, 5.2.4, with the letters of its steps. Steps A and D cannot apply: the path starts with a slash.
    private static string RemoveDotSegments(string input)
    {
        var output = "";
        while (input != "")
        {
            if (input.StartsWith("/./", StringComparison.Ordinal) || input == "/.") // B
            {
                input = "/" + input[Math.Min(3, input.Length)..];
            }
            else if (input.StartsWith("/../", StringComparison.Ordinal) || input == "/..") // C
            {
                input = "/" + input[Math.Min(4, input.Length)..];
                output = output.Contains('/') ? output[..output.LastIndexOf('/')] : "";
            }
            else // E
            {
                var next = input.IndexOf('/', 1);
                var length = next < 0 ? input.Length : next;
                output += input[..length];
                input = input[length..];
            }
        }

        return output;
    }
}

using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Unicode;

namespace Ingress.Routing.AspNetCore.Resources;

/// <summary>Turns a canonical path into the path of a file, or finds that no file can be meant.</summary>
internal static class FilePath
{
    // The platform's own (on Windows ':' for example, which names a second stream of a file), and both separators everywhere.
    private static readonly SearchValues<char> s_refused = SearchValues.Create([.. Path.GetInvalidFileNameChars(), '/', '\\', '\0']);

    /// <summary>Whether an element can name a file that may be served: not hidden, not <c>..</c>, and nothing but a name.</summary>
    public static bool IsServable(ReadOnlySpan<char> element)
        => element is not ['.', ..] && !element.ContainsAny(s_refused) && !ContainsControl(element);

    /// <summary>Decodes a canonical path (D8), once.</summary>
    /// <param name="canonicalPath">The path that was matched; its escapes are well-formed.</param>
    /// <param name="path">The decoded path. It has the same elements: none of them contains a separator.</param>
    /// <returns>False when an element is not servable or not UTF-8.</returns>
    public static bool TryDecode(ReadOnlySpan<char> canonicalPath, [NotNullWhen(true)] out string? path)
    {
        path = null;
        var elements = canonicalPath[1..].ToString().Split('/');
        for (var i = 0; i < elements.Length; i++)
        {
            var isLast = i == elements.Length - 1;
            if ((elements[i].Length == 0 && !isLast) || !TryDecodeElement(ref elements[i]) || !IsServable(elements[i]))
            {
                return false;
            }
        }

        path = "/" + string.Join('/', elements);
        return true;
    }

    private static bool TryDecodeElement(ref string element)
    {
        if (!element.Contains('%', StringComparison.Ordinal))
        {
            return true;
        }

        var bytes = new byte[element.Length];
        var count = 0;
        for (var i = 0; i < element.Length; i++)
        {
            if (element[i] != '%')
            {
                bytes[count++] = (byte)element[i];
                continue;
            }

            bytes[count++] = (byte)((Convert.FromHexString(element.AsSpan(i + 1, 2)))[0]);
            i += 2;
        }

        var characters = new char[count];
        var status = Utf8.ToUtf16(bytes.AsSpan(0, count), characters, out _, out var written, replaceInvalidSequences: false);
        element = new string(characters, 0, written);
        return status == OperationStatus.Done;
    }

    private static bool ContainsControl(ReadOnlySpan<char> element)
    {
        foreach (var character in element)
        {
            if (char.IsControl(character))
            {
                return true;
            }
        }

        return false;
    }
}

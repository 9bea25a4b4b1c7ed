using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Ingress.Routing.Model;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>Reads <c>namespace/name</c> and <c>namespace/name:port</c>.</summary>
/// <remarks>
/// Without a namespace <c>default</c> is meant, as everywhere. Only spelling is looked at: whether the object exists is for the
/// compiler to say.
/// </remarks>
internal static class ReferenceParser
{
    private static readonly SearchValues<char> s_name = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");

    public static bool TryParseName(string text, out NamespacedName name)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        name = new(slash < 0 ? null : text[..slash], text[(slash + 1)..]);
        return IsName(name.Name) && (slash < 0 || IsName(text[..slash]));
    }

    public static bool TryParse(string text, [NotNullWhen(true)] out ServiceReference? service)
    {
        var colon = text.LastIndexOf(':');
        service = colon > 0 && TryParseName(text[..colon], out var name) && TryParsePort(text[(colon + 1)..], out var port)
            ? new ServiceReference(name, port)
            : null;
        return service is not null;
    }

    /// <summary>Says what is wrong with a text that <see cref="TryParseName"/> refuses.</summary>
    public static string ProblemOfName(string text)
    {
        var parts = text.Split('/');
        return parts.Length > 2 ? "It has more than one '/'."
            : parts[^1].Length == 0 ? "The name is missing."
            : parts[0].Length == 0 ? "The namespace in front of '/' is missing."
            : $"'{parts.First(static part => !IsName(part))}' is no name: names have lower-case letters, digits, '-' and '.' only.";
    }

    /// <summary>Says what is wrong with a text that <see cref="TryParse"/> refuses.</summary>
    public static string ProblemOf(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon < 0 ? "The port is missing."
            : !TryParseName(text[..colon], out _) ? ProblemOfName(text[..colon])
            : colon == text.Length - 1 ? "The port behind ':' is missing."
            : $"'{text[(colon + 1)..]}' is no port: a port is a number from 1 to 65535, or a name of lower-case letters, digits and '-'.";
    }

    private static bool TryParsePort(string text, [NotNullWhen(true)] out ServiceBackendPort? port)
    {
        port = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new ServiceBackendPort { Number = number }
            : new ServiceBackendPort { Name = text };
        return port.Number is null ? IsName(text) : number is >= 1 and <= 65535;
    }

    private static bool IsName(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(s_name);
}

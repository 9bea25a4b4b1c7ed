using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using Ingress.Routing.Model;

namespace Ingress.Routing.Hosting;

/// <summary>Reads the settings that name an object or a controller, as strictly as the API server would.</summary>
internal static partial class OptionSyntax
{
    private const int MaxLabelLength = 63;
    private const int MaxSubdomainLength = 253;
    private const int MaxControllerNameLength = 250;
    private const int MaxPortNameLength = 15;

    /// <summary>A domain-prefixed path (semantics 2.7.1).</summary>
    public static bool IsControllerName(string text) => text.Length <= MaxControllerNameLength && ControllerName().IsMatch(text);

    /// <summary>A DNS name, in whatever letter case (semantics 2.3.3).</summary>
    public static bool IsHost(string text) => text.Length <= MaxSubdomainLength && Subdomain().IsMatch(text.ToLowerInvariant());

    /// <summary>A token (RFC 9110, 5.6.2).</summary>
    public static bool IsHeaderName(string text)
        => text.Length > 0 && text.All(static character => char.IsAsciiLetterOrDigit(character) || "!#$%&'*+-.^_`|~".Contains(character, StringComparison.Ordinal));

    /// <summary>Reads <c>namespace/name:port</c>, the port a number or a name (semantics 2.5).</summary>
    public static bool TryReadService(string text, [NotNullWhen(true)] out ServiceReference? service)
    {
        service = null;
        var colon = text.LastIndexOf(':');
        if (colon < 0
            || !TrySplit(text[..colon], out var @namespace, out var name)
            || name.Length > MaxLabelLength
            || !ServiceName().IsMatch(name)
            || !TryReadPort(text[(colon + 1)..], out var port))
        {
            return false;
        }

        service = new(new(@namespace, name), port);
        return true;
    }

    /// <summary>Reads <c>namespace/name</c> of a Secret (semantics 2.6.2).</summary>
    public static bool TryReadSecret(string text, out NamespacedName secret)
    {
        secret = default;
        if (!TrySplit(text, out var @namespace, out var name) || name.Length > MaxSubdomainLength || !Subdomain().IsMatch(name))
        {
            return false;
        }

        secret = new(@namespace, name);
        return true;
    }

    private static bool TrySplit(string text, out string @namespace, out string name)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        @namespace = slash < 0 ? "" : text[..slash];
        name = text[(slash + 1)..];
        return @namespace.Length <= MaxLabelLength && Label().IsMatch(@namespace);
    }

    private static bool TryReadPort(string text, [NotNullWhen(true)] out ServiceBackendPort? port)
    {
        port = null;
        if (ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
        {
            port = new() { Number = number };
        }
        else if (text.Length <= MaxPortNameLength && PortName().IsMatch(text))
        {
            port = new() { Name = text };
        }

        return port is not null;
    }

    // '\z', because '$' lets a final line feed pass (semantics 9.9).
    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/[A-Za-z0-9/\-._~%!$&'()*+,;=:]+\z", RegexOptions.ExplicitCapture)]
    private static partial Regex ControllerName();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Subdomain();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Label();

    [GeneratedRegex(@"^[a-z]([-a-z0-9]*[a-z0-9])?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex ServiceName();

    [GeneratedRegex(@"^(?=[^a-z]*[a-z])[a-z0-9]+(-[a-z0-9]+)*\z", RegexOptions.ExplicitCapture)]
    private static partial Regex PortName();
}

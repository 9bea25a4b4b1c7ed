using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Ingress.Routing.Hosting;

/// <summary>Reads the settings that name an object or a controller, as strictly as the API server would.</summary>
internal static partial class OptionSyntax
{
    private const int MaxSubdomainLength = 253;
    private const int MaxControllerNameLength = 250;

    /// <summary>A domain-prefixed path (semantics 2.7.1).</summary>
    public static bool IsControllerName(string text) => text.Length <= MaxControllerNameLength && ControllerName().IsMatch(text);

    /// <summary>A DNS name, in whatever letter case (semantics 2.3.3).</summary>
    public static bool IsHost(string text) => text.Length <= MaxSubdomainLength && Subdomain().IsMatch(text.ToLowerInvariant());

    /// <summary>Reads <c>namespace/name:port</c>. A setting names its namespace, so that none is taken by mistake.</summary>
    public static bool TryReadService(string text, [NotNullWhen(true)] out ServiceReference? service)
    {
        service = null;
        return text.Contains('/') && ServiceReference.TryParse(text, null, out service);
    }

    /// <summary>Reads <c>namespace/name</c> of a Secret, likewise.</summary>
    public static bool TryReadSecret(string text, out NamespacedName secret)
    {
        secret = default;
        return text.Contains('/') && NamespacedName.TryParse(text, null, out secret);
    }

    // '\z', because '$' lets a final line feed pass (semantics 9.9).
    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/[A-Za-z0-9/\-._~%!$&'()*+,;=:]+\z", RegexOptions.ExplicitCapture)]
    private static partial Regex ControllerName();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Subdomain();
}

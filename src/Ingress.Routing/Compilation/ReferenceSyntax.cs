using System.Globalization;
using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>The one grammar in which objects are referred to by text: <c>namespace/name</c> and <c>namespace/name:port</c>.</summary>
/// <remarks>
/// Names are what the API server accepts, so a text that is read can be the name of an object. Without a namespace <c>default</c> is meant.
/// </remarks>
internal static class ReferenceSyntax
{
    /// <summary>Reads <c>namespace/name</c>, the name that of any object (semantics 2.1).</summary>
    /// <returns>What is wrong, as a sentence; null when the text was read.</returns>
    public static string? Read(string text, out NamespacedName name) => Read(text, NameSyntax.SubdomainErrors, out name);

    /// <summary>Reads <c>namespace/name:port</c>, the name that of a Service and the port a number or a name (semantics 2.5).</summary>
    /// <returns>What is wrong, as a sentence; null when the text was read.</returns>
    public static string? Read(string text, out ServiceReference? service)
    {
        var colon = text.LastIndexOf(':');
        if (colon < 0)
        {
            service = null;
            return "The port is missing.";
        }

        var problem = Read(text[..colon], NameSyntax.ServiceNameErrors, out var name);
        var problemOfPort = Read(text[(colon + 1)..], out ServiceBackendPort port);
        service = problem is null && problemOfPort is null ? new ServiceReference(name, port) : null;
        return problem ?? problemOfPort;
    }

    private static string? Read(string text, out ServiceBackendPort port)
    {
        var isNumber = text.Length > 0 && text.All(char.IsAsciiDigit);
        port = ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new() { Number = number } : new() { Name = text };
        return text.Length == 0 ? "The port behind ':' is missing."
            : !isNumber ? Problem("name of the port", text, NameSyntax.PortNameErrors)
            : number > 0 ? null
            : $"The port '{text}' is not a number from 1 to 65535.";
    }

    private static string? Read(string text, Func<string, IEnumerable<string>> nameErrors, out NamespacedName name)
    {
        var slash = text.IndexOf('/');
        var (@namespace, own) = slash < 0 ? (null, text) : (text[..slash], text[(slash + 1)..]);
        var problem = slash == 0 ? "The namespace in front of '/' is missing."
            : own.Length == 0 ? "The name is missing."
            : own.Contains('/') ? "It has more than one '/'."
            : (@namespace is null ? null : Problem("namespace", @namespace, NameSyntax.LabelErrors)) ?? Problem("name", own, nameErrors);
        name = problem is null ? new NamespacedName(@namespace, own) : default;
        return problem;
    }

    private static string? Problem(string what, string text, Func<string, IEnumerable<string>> errors)
        => errors(text).FirstOrDefault() is { } error ? $"The {what} '{text}' is malformed: {error}." : null;
}

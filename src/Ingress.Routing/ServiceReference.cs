using System.Diagnostics.CodeAnalysis;
using Ingress.Routing.Compilation;
using Ingress.Routing.Model;

namespace Ingress.Routing;

/// <summary>One port of a Service, named as an Ingress names it, with the namespace of that Ingress.</summary>
/// <param name="Name">The Service. Its namespace is always that of the Ingress (semantics 13.1).</param>
/// <param name="Port">The Service port, by number or by name; never the target port.</param>
/// <remarks>Two references are equal when namespace, name and port are written alike, so that it can be a key.</remarks>
public sealed record ServiceReference(NamespacedName Name, ServiceBackendPort Port) : IParsable<ServiceReference>
{
    /// <summary>Reads <c>namespace/name:port</c>; without a namespace <c>default</c> is meant.</summary>
    /// <param name="s">The text. All names must be what the API server accepts, and a number must be one from 1 to 65535.</param>
    /// <param name="provider">Not used: the format is the same everywhere.</param>
    /// <returns>The reference.</returns>
    /// <exception cref="ArgumentNullException">The text is null.</exception>
    /// <exception cref="FormatException">The text is malformed; the message says where, and what is expected.</exception>
    public static ServiceReference Parse(string s, IFormatProvider? provider = null)
    {
        ArgumentNullException.ThrowIfNull(s);
        return ReferenceSyntax.Read(s, out ServiceReference? result) is { } problem ? throw new FormatException(problem) : result!;
    }

    /// <summary>Reads <c>namespace/name:port</c>; without a namespace <c>default</c> is meant.</summary>
    /// <param name="s">The text. All names must be what the API server accepts, and a number must be one from 1 to 65535.</param>
    /// <param name="provider">Not used: the format is the same everywhere.</param>
    /// <param name="result">The reference; null when there is none.</param>
    /// <returns>False when the text is null or malformed.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [NotNullWhen(true)] out ServiceReference? result)
    {
        result = null;
        return s is not null && ReferenceSyntax.Read(s, out result) is null;
    }

    /// <summary>Returns <c>namespace/name:port</c>; without the port when the first one is meant.</summary>
    public override string ToString() => Port == ServiceBackendPort.First ? Name.ToString() : $"{Name}:{Port}";
}

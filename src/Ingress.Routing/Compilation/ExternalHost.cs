using System.Net;
using Ingress.Routing.Matching;
using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>Where a Service of type <c>ExternalName</c> leads, for applications that let it.</summary>
/// <remarks>The API server checks nothing about such a name: <c>localhost</c> and addresses get through. Both are refused here.</remarks>
internal static class ExternalHost
{
    /// <returns>Null when the name or the port cannot be used.</returns>
    public static DnsEndPoint? Of(ServiceResource service, ServiceBackendPort wanted)
    {
        var name = service.ExternalName?.TrimEnd('.') ?? "";
        var port = service.Ports.FirstOrDefault(port => wanted == ServiceBackendPort.First
            || (string.IsNullOrEmpty(wanted.Name) ? port.Port == wanted.Number : port.Name == wanted.Name))?.Port ?? wanted.Number;
        return IsHostName(name) && port is >= 1 and <= 65535 ? new(name, port.Value) : null;
    }

    private static bool IsHostName(string name)
        => name.Length is > 0 and <= 253
            && name.Split('.').All(static label => label.Length is > 0 and <= 63 && label.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            && !IPv4Syntax.IsAddress(name)
            && !char.IsAsciiDigit(name.Split('.')[^1][0]) // what looks like a number is read as an address by some resolvers
            && !name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            && !name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
}

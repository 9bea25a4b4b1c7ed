using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Ingress.Routing.Gateway.Serving;

namespace Ingress.Routing.Gateway.DevCertificates;

/// <summary>Says at the start where the development CA is, and how to try it.</summary>
internal sealed class DevCertificateReport(DevCertificateFolder folder)
{
    // What neither a shell nor curl takes for something else.
    private static readonly SearchValues<char> s_plainCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/:@%+,=");

    /// <summary>Writes it.</summary>
    public void Write(IngressRouteTable table, Listeners listeners, TextWriter output)
    {
        var certificate = Quote(folder.CertificatePath);
        output.WriteLine(PrintableText.Escape($"Development certificates are signed by the CA {certificate}. Try"));
        foreach (var listener in listeners.Items.Where(static listener => listener.Scheme == "https").Take(1))
        {
            output.WriteLine(PrintableText.Escape($"  curl --cacert {certificate} {Target(table, Reachable(listener.Options.IPEndPoint!))}"));
        }

        output.WriteLine("warning: development certificates are for development only. Anyone with the key beside that CA can pose as any site "
            + "to clients that trust it; let no other machine trust it.");
    }

    private static string Target(IngressRouteTable table, IPEndPoint server)
    {
        var route = table.Routes.FirstOrDefault(route => route.Host is { } host && !IsCovered(table, NameOf(host)));
        if (route is null)
        {
            return $"https://{server}/";
        }

        var host = NameOf(route.Host!);
        var path = route.Path is { } text && !text.AsSpan().ContainsAnyExcept(s_plainCharacters) ? text : "/";
        var address = server.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{server.Address}]" : server.Address.ToString();
        return $"--resolve {host}:{server.Port}:{address} https://{host}:{server.Port}{path}";
    }

    private static bool IsCovered(IngressRouteTable table, string host) => table.FindCertificate(host)?.Covers(host) ?? false;

    // A name that a wildcard stands for.
    private static string NameOf(string host) => host.StartsWith("*.", StringComparison.Ordinal) ? string.Concat("any", host.AsSpan(1)) : host;

    private static IPEndPoint Reachable(IPEndPoint server)
        => server.Address.Equals(IPAddress.Any) || server.Address.Equals(IPAddress.IPv6Any) ? new(IPAddress.Loopback, server.Port) : server;

    private static string Quote(string path) => $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}

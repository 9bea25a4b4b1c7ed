using System.Globalization;

namespace Ingress.Routing.DataPlane.Peers;

/// <summary>The servers of this program, each in a process of its own (<c>serve</c>).</summary>
internal static class OwnServers
{
    /// <summary>A backend that answers every request with the same 200, as cheaply as it can.</summary>
    public static ServerProcess Backend(Processors processors) => Start("backend", processors, []);

    /// <summary>Kestrel, and nothing but <c>IHttpForwarder</c> behind it: what a proxy on .NET cannot get below without a forwarder of its own.</summary>
    public static ServerProcess BareForwarder(PeerOptions options, bool isInline = false) => Start("bare", options.Processors, Arguments(options, isInline), isInline);

    /// <summary>YARP with a route for each host in its own configuration.</summary>
    public static ServerProcess YarpRoutes(PeerOptions options, bool isInline = false) => Start("yarp", options.Processors, Arguments(options, isInline), isInline);

    private static string[] Arguments(PeerOptions options, bool isInline)
        => [Text(options.BackendPort), Text(options.Hosts), isInline ? "inline" : "pooled"];

    private static ServerProcess Start(string server, Processors processors, string[] arguments, bool isInline = false)
    {
        var port = ServerProcess.FreePort();
        Dictionary<string, string> environment = isInline ? new() { ["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1" } : [];
        return ServerProcess.Start(server, port, processors, [Environment.ProcessPath!, "serve", server, Text(port), .. arguments], environment);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

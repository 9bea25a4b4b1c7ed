using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Forwarder;

namespace Ingress.Routing.DataPlane.Servers;

/// <summary>What the two servers that forward with YARP alone have in common.</summary>
/// <param name="BackendPort">Where the backend listens.</param>
/// <param name="Hosts">How many hosts are served.</param>
/// <param name="IsInline">Whether what waits for a socket goes on in the thread that noticed it.</param>
internal sealed record ForwarderSettings(int BackendPort, int Hosts, bool IsInline)
{
    public string Backend => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{BackendPort}/");

    public static ForwarderSettings Read(string[] arguments) => new(
        int.Parse(arguments[1], CultureInfo.InvariantCulture), int.Parse(arguments[2], CultureInfo.InvariantCulture), arguments[3] == "inline");

    /// <summary>Nothing but Kestrel: no log, no settings files.</summary>
    public WebApplicationBuilder CreateBuilder(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        builder.Services.Configure<SocketTransportOptions>(sockets => sockets.UnsafePreferInlineScheduling = IsInline);
        return builder;
    }

    /// <summary>As YARP's documentation makes it for direct forwarding.</summary>
    public static HttpMessageInvoker CreateClient() => new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        EnableMultipleHttp2Connections = true,
        ActivityHeadersPropagator = new ReverseProxyPropagator(DistributedContextPropagator.Current),
        ConnectTimeout = TimeSpan.FromSeconds(15),
    });
}

using System.Net.Quic;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Ingress.Routing.Gateway.Serving;

/// <summary>Opens the sockets of <c>run</c>.</summary>
internal sealed class Listeners
{
    private readonly List<Listener> _items = [];

    /// <summary>The sockets, in the order of opening; known once the server has started.</summary>
    public IReadOnlyList<Listener> Items => _items;

    /// <summary>Whether all sockets are open. What fails before is told by <c>run</c>, in one line.</summary>
    public bool HaveStarted { get; set; }

    /// <summary>Whether this platform has QUIC, over which HTTP/3 goes.</summary>
    public static bool IsQuicSupported
        => (OperatingSystem.IsLinux() || OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()) && QuicListener.IsSupported;

    public void Configure(IWebHostBuilder web, RunSettings settings)
    {
        web.ConfigureKestrel(ConfigureLimits);
        foreach (var endPoint in settings.Http.SelectMany(address => address.EndPoints))
        {
            web.ListenIngressHttp(endPoint, listen => Add("Listening", "http", listen));
        }

        var isHttp3 = settings.Http3 && IsQuicSupported;
        if (isHttp3)
        {
            web.UseQuic();
        }

        foreach (var endPoint in settings.Https.SelectMany(address => address.EndPoints))
        {
            web.ConfigureKestrel(kestrel => kestrel.Listen(endPoint, listen =>
            {
                Add("Listening", "https", listen);
                listen.Protocols = isHttp3 ? HttpProtocols.Http1AndHttp2AndHttp3 : HttpProtocols.Http1AndHttp2;
                listen.UseIngressHttps();
            }));
        }

        foreach (var endPoint in settings.Admin.SelectMany(address => address.EndPoints))
        {
            web.ConfigureKestrel(kestrel => kestrel.Listen(endPoint, ListenAdmin));
        }
    }

    // Headers, targets and connections keep Kestrel's limits. Bodies are different behind a gateway: they are streamed, never kept,
    // so their size is the backend's business, and a stream may be quiet for longer than the five seconds that Kestrel's minimum data rates
    // allow by default. A body that comes too slowly is ended by the limits of connections, which know when it may. A response counts only while the client takes
    // nothing of what is there; the activity time-out of forwarding is as long, and this one is for all other answers.
    private static void ConfigureLimits(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = new(bytesPerSecond: 100, gracePeriod: TimeSpan.FromSeconds(100));
    }

    private void ListenAdmin(ListenOptions listen)
    {
        Add("Admin", "http", listen);
        listen.Protocols = HttpProtocols.Http1;
        listen.Use(next => connection =>
        {
            connection.Features.Set(AdminConnection.Instance);
            return next(connection);
        });
    }

    private void Add(string purpose, string scheme, ListenOptions options) => _items.Add(new(purpose, scheme, options));
}

using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace Ingress.Routing.AspNetCore.Limits;

/// <summary>How much of a client's data is kept for a connection while nobody takes it.</summary>
/// <remarks>
/// A client may write as fast as it can to a backend that reads nothing, on thousands of connections. Kestrel alone keeps a megabyte for each. What is
/// on its way is in the buffers of the operating system, so a smaller one costs no speed over HTTP/1.1. Over HTTP/2 it is the window of an upload: at
/// a round trip of 100 ms, 128 KiB let 10 Mbit a second through on each stream.
/// </remarks>
internal sealed class ConnectionMemory : IConfigureOptions<KestrelServerOptions>, IConfigureOptions<SocketTransportOptions>
{
    private const int RequestBuffer = 64 * 1024;
    private const int StreamWindow = 128 * 1024;
    private const int ConnectionWindow = 256 * 1024;

    public void Configure(KestrelServerOptions options)
    {
        options.Limits.MaxRequestBufferSize = RequestBuffer;
        options.Limits.Http2.InitialStreamWindowSize = StreamWindow;
        options.Limits.Http2.InitialConnectionWindowSize = ConnectionWindow;
    }

    // The sockets have a buffer of their own, and Kestrel does not tell them of its limit.
    public void Configure(SocketTransportOptions options) => options.MaxReadBufferSize = RequestBuffer;
}

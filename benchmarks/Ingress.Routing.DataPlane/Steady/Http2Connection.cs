using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Ingress.Routing.DataPlane.Steady;

/// <summary>A client of the framework that counts its connections, so that it hides none that was cut. Thread-safe.</summary>
internal sealed class Http2Connection : IDisposable
{
    private readonly HttpClient _client;
    private readonly int _port;
    private readonly Version _version;
    private int _connections;

    public Http2Connection(int port, Version? version = null)
    {
        (_port, _version) = (port, version ?? HttpVersion.Version20);
        _client = new(new SocketsHttpHandler { UseProxy = false, ConnectCallback = ConnectAsync, PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>How many connections it has made.</summary>
    public int Connections => Volatile.Read(ref _connections);

    public static Reply ReplyOf(HttpResponseMessage response) => new(
        (int)response.StatusCode,
        Number(response, Reply.GenerationHeader) ?? 0,
        (int?)Number(response, Reply.BackendHeader),
        (int?)Number(response, Reply.RevisionHeader));

    /// <summary>Sends a request, and waits for the head of the response.</summary>
    public Task<HttpResponseMessage> SendAsync(string host, string path, HttpContent? content = null, CancellationToken cancellationToken = default)
    {
        var request = new HttpRequestMessage(content is null ? HttpMethod.Get : HttpMethod.Post, string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}{path}"))
        {
            Content = content,
            Version = _version,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.Host = host;
        return _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    public void Dispose() => _client.Dispose();

    private static long? Number(HttpResponseMessage response, string header)
        => response.Headers.TryGetValues(header, out var values) ? long.Parse(values.Single(), CultureInfo.InvariantCulture) : null;

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _connections);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}

using System.Net;
using System.Net.Sockets;

namespace Ingress.Routing.Forwarding.Tests.Support;

/// <summary>A client that sends exactly what it is told.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly TcpClient _client;

    private RawClient(TcpClient client)
    {
        _client = client;
        Connection = new RawConnection(client);
    }

    public RawConnection Connection { get; }

    public static async Task<RawClient> ConnectAsync(int port)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        return new RawClient(client);
    }

    /// <summary>Sends a GET with this target and these further header lines, and reads the whole answer.</summary>
    public async Task<string> GetAsync(string target, string host = "shop.test", params string[] headers)
    {
        var lines = string.Concat(headers.Select(header => header + "\r\n"));
        await Connection.WriteAsync($"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{lines}\r\n");
        return (await Connection.ReadToEndAsync().InTime()).Text;
    }

    public void Dispose() => _client.Dispose();
}

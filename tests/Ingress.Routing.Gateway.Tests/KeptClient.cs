using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ingress.Routing.Gateway.Tests;

/// <summary>A client over HTTP/1.1 that keeps its connection, and tries nothing a second time.</summary>
internal sealed class KeptClient(IPEndPoint server, string host) : IDisposable
{
    private TcpClient? _connection;

    /// <summary>Whether the last answer said that the connection is closed.</summary>
    public bool WasAskedToLeave { get; private set; }

    /// <summary>Sends a request, over a new connection if there is none.</summary>
    /// <returns>The status; null when the connection was refused, reset or closed without an answer.</returns>
    public async Task<int?> GetAsync(string path)
    {
        try
        {
            if (_connection is null)
            {
                _connection = new TcpClient { NoDelay = true };
                await _connection.ConnectAsync(server);
            }

            var stream = _connection.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n"));
            var head = await ReadHeadAsync(stream);
            var length = int.Parse(head.Split("Content-Length: ")[1].Split("\r\n")[0], System.Globalization.CultureInfo.InvariantCulture);
            await stream.ReadExactlyAsync(new byte[length]);
            WasAskedToLeave = head.Contains("\r\nConnection: close\r\n", StringComparison.OrdinalIgnoreCase);
            if (WasAskedToLeave)
            {
                Close();
            }

            return int.Parse(head.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (Exception lost) when (lost is IOException or SocketException)
        {
            Close();
            return null;
        }
    }

    public void Close()
    {
        _connection?.Dispose();
        _connection = null;
    }

    public void Dispose() => Close();

    private static async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (head.Length < 4 || head.ToString(head.Length - 4, 4) != "\r\n\r\n")
        {
            await stream.ReadExactlyAsync(one);
            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}

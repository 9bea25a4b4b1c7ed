using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ingress.Routing.AspNetCore.Tests;

/// <summary>A response as the bytes on the wire say it.</summary>
internal sealed record RawResponse(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>Sends a request without touching a byte of it, and reads until the server closes the connection.</summary>
    public static async Task<RawResponse> SendAsync(int port, string request)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, timeout.Token);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), timeout.Token);
        return await ReadAsync(stream, timeout.Token);
    }

    public static Task<RawResponse> GetAsync(int port, string target, string host = "h.test", string method = "GET")
        => SendAsync(port, $"{method} {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");

    public static async Task<RawResponse> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var received = new MemoryStream();
        await stream.CopyToAsync(received, cancellationToken);
        var text = Encoding.Latin1.GetString(received.ToArray());
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        Assert.True(end > 0, $"No response, but '{text}'.");

        var lines = text[..end].Split("\r\n");
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2))
            .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.OrdinalIgnoreCase);
        return new(int.Parse(lines[0].Split(' ')[1], null), headers, Decoded(text[(end + 4)..], headers));
    }

    private static string Decoded(string text, Dictionary<string, string> headers)
    {
        if (!headers.TryGetValue("Transfer-Encoding", out var encoding) || encoding != "chunked")
        {
            return text;
        }

        var body = new StringBuilder();
        while (text.Length > 0)
        {
            var line = text.IndexOf("\r\n", StringComparison.Ordinal);
            var length = Convert.ToInt32(text[..line], 16);
            body.Append(text.AsSpan(line + 2, length));
            text = text[(line + 2 + length + 2)..];
        }

        return body.ToString();
    }
}

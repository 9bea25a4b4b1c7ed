using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Ingress.Routing.Gateway.Tests;

/// <summary>HTTP/1.1 on a bare socket: no client tidies the request.</summary>
internal static class RawHttp
{
    /// <summary>Sends a GET and reads the whole answer.</summary>
    public static Task<RawResponse> GetAsync(IPEndPoint server, string host, string target)
        => SendAsync(server, $"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");

    /// <summary>Sends a text, which must ask for the connection to be closed, and reads the whole answer.</summary>
    public static async Task<RawResponse> SendAsync(IPEndPoint server, string request)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var client = new TcpClient();
        await client.ConnectAsync(server, deadline.Token);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), deadline.Token);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return Parse(await reader.ReadToEndAsync(deadline.Token));
    }

    public static RawResponse Parse(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        Assert.True(end > 0, $"This is no complete answer: '{text}'");
        var head = text[..end];
        var body = text[(end + 4)..];
        return new(
            int.Parse(head.Split(' ')[1], CultureInfo.InvariantCulture),
            head,
            head.Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase) ? Unchunk(body) : body);
    }

    private static string Unchunk(string body)
    {
        var text = new StringBuilder();
        while (true)
        {
            var line = body.IndexOf("\r\n", StringComparison.Ordinal);
            var length = int.Parse(body[..line], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (length == 0)
            {
                return text.ToString();
            }

            text.Append(body, line + 2, length);
            body = body[(line + 2 + length + 2)..];
        }
    }
}

/// <summary>An answer as it came over the wire.</summary>
internal sealed record RawResponse(int Status, string Head, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}

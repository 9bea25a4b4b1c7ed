using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Ingress.Routing.DataPlane.Steady;

/// <summary>A kept connection that sends one request after the other, and none twice. Used by one task.</summary>
/// <remarks>The client of the framework sends a request anew when its connection was closed, which would hide a loss.</remarks>
internal sealed class Http1Connection : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly TcpClient _client = new() { NoDelay = true };
    private readonly byte[] _buffer = new byte[16 * 1024];
    private Stream _stream = Stream.Null;
    private int _start;
    private int _end;

    /// <summary>The thumbprint of the certificate that the server has shown; null without TLS.</summary>
    public string? Thumbprint { get; private set; }

    /// <summary>Whether the server has said that it closes the connection.</summary>
    public bool IsClosing { get; private set; }

    /// <param name="port">Where on loopback.</param>
    /// <param name="serverName">The name of the handshake; null for no TLS.</param>
    public static async Task<Http1Connection> OpenAsync(int port, string? serverName = null)
    {
        var connection = new Http1Connection();
        try
        {
            using var deadline = new CancellationTokenSource(s_patience);
            await connection._client.ConnectAsync(IPAddress.Loopback, port, deadline.Token);
            connection._stream = connection._client.GetStream();
            if (serverName is not null)
            {
                var tls = new SslStream(connection._stream, leaveInnerStreamOpen: false);
                connection._stream = tls;
#pragma warning disable CA5359 // Which certificate is served is what is looked at.
                await tls.AuthenticateAsClientAsync(
                    new SslClientAuthenticationOptions { TargetHost = serverName, RemoteCertificateValidationCallback = static (_, _, _, _) => true }, deadline.Token);
#pragma warning restore CA5359
                connection.Thumbprint = tls.RemoteCertificate is { } certificate ? Convert.ToHexString(certificate.GetCertHash()) : null;
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Sends a request, and reads the whole response.</summary>
    /// <exception cref="IOException">The connection has ended, or nothing came in time.</exception>
    public async Task<Reply> SendAsync(string host, string path, byte[]? body = null)
    {
        using var deadline = new CancellationTokenSource(s_patience);
        try
        {
            var head = $"{(body is null ? "GET" : "POST")} {path} HTTP/1.1\r\nHost: {host}\r\n"
                + (body is null ? "\r\n" : string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n"));
            await _stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. body ?? []], deadline.Token);
            return await ReadAsync(body?.Length ?? 0, deadline.Token);
        }
        catch (OperationCanceledException)
        {
            throw new IOException("No answer in time.");
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        _client.Dispose();
    }

    private async Task<Reply> ReadAsync(int sent, CancellationToken cancellationToken)
    {
        var status = int.Parse((await ReadLineAsync(cancellationToken)).AsSpan(9, 3), CultureInfo.InvariantCulture);
        var reply = new Reply { Status = status };
        long? length = null;
        var isChunked = false;
        while (await ReadLineAsync(cancellationToken) is { Length: > 0 } line)
        {
            var (name, value) = (line[..line.IndexOf(':', StringComparison.Ordinal)], line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
            switch (name.ToUpperInvariant())
            {
                case "CONTENT-LENGTH":
                    length = long.Parse(value, CultureInfo.InvariantCulture);
                    break;
                case "TRANSFER-ENCODING":
                    isChunked = true;
                    break;
                case "CONNECTION":
                    IsClosing |= value.Equals("close", StringComparison.OrdinalIgnoreCase);
                    break;
                case "X-INGRESS-GENERATION":
                    reply = reply with { Generation = long.Parse(value, CultureInfo.InvariantCulture) };
                    break;
                case "X-BACKEND":
                    reply = reply with { Backend = int.Parse(value, CultureInfo.InvariantCulture) };
                    break;
                case "X-REVISION":
                    reply = reply with { Revision = int.Parse(value, CultureInfo.InvariantCulture) };
                    break;
                case "X-BODY-LENGTH" when long.Parse(value, CultureInfo.InvariantCulture) != sent:
                    throw new IOException($"Of {sent} bytes of body, {value} arrived.");
            }
        }

        if (isChunked)
        {
            while (int.Parse(await ReadLineAsync(cancellationToken), NumberStyles.HexNumber, CultureInfo.InvariantCulture) is > 0 and var size)
            {
                await SkipAsync(size + 2, cancellationToken);
            }

            await ReadLineAsync(cancellationToken);
            return reply;
        }

        await SkipAsync(length ?? throw new IOException("The response has no end."), cancellationToken);
        return reply;
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var index = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n"u8);
            if (index >= 0)
            {
                var line = Encoding.Latin1.GetString(_buffer, _start, index);
                _start += index + 2;
                return line;
            }

            await FillAsync(cancellationToken);
        }
    }

    private async Task SkipAsync(long count, CancellationToken cancellationToken)
    {
        while (true)
        {
            var here = (int)Math.Min(count, _end - _start);
            _start += here;
            count -= here;
            if (count == 0)
            {
                return;
            }

            await FillAsync(cancellationToken);
        }
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        var count = await _stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += count > 0 ? count : throw new IOException("The connection was closed.");
    }
}

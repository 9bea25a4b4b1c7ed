using System.Net.Sockets;
using System.Text;

namespace Ingress.Routing.Forwarding.Tests.Support;

/// <summary>One connection as bytes, one per character (Latin-1).</summary>
internal sealed class RawConnection(TcpClient client)
{
    private readonly NetworkStream _stream = client.GetStream();

    /// <summary>The last head that was read.</summary>
    public string Head { get; private set; } = "";

    public Task WriteAsync(string text) => _stream.WriteAsync(Encoding.Latin1.GetBytes(text)).AsTask();

    /// <summary>Reads up to and including the empty line after a head.</summary>
    public async Task<string> ReadHeadAsync() => Head = await ReadUntilAsync("\r\n\r\n");

    public async Task<string> ReadUntilAsync(string end)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (!text.ToString().EndsWith(end, StringComparison.Ordinal))
        {
            if (await _stream.ReadAsync(one) == 0)
            {
                throw new IOException($"The connection was closed after '{text}'.");
            }

            text.Append((char)one[0]);
        }

        return text.ToString();
    }

    /// <summary>Reads what comes until the other side closes.</summary>
    /// <returns>What came, and whether the connection was reset instead of closed.</returns>
    public async Task<(string Text, bool WasReset)> ReadToEndAsync()
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            while (await _stream.ReadAsync(buffer) is > 0 and var count)
            {
                text.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }
        }
        catch (IOException)
        {
            return (text.ToString(), true);
        }

        return (text.ToString(), false);
    }

    /// <summary>Breaks the connection off with a reset.</summary>
    public void Reset() => client.Client.Close(timeout: 0);
}

using System.Buffers.Binary;
using System.Net;

#pragma warning disable CA2016 // The end of the run must not look like a loss: what has begun is seen to its own end.

namespace Ingress.Routing.DataPlane.Steady;

/// <summary>One download for the whole run. No byte of it may be missing.</summary>
internal static class DownloadClient
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <inheritdoc cref="WebSocketClient.RunAsync" />
    public static async Task RunAsync(Surroundings run, string host, Action opened, CancellationToken stopping)
    {
        var length = 0L;
        try
        {
            using var connection = new Http2Connection(run.HttpPort, HttpVersion.Version11);
            using var response = await connection.SendAsync(host, EchoBackend.DownloadPath);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                run.Losses.Add("download cut", $"{host}: {response.StatusCode}");
                return;
            }

            run.Judge.AddStream();
            opened();
            await using var stream = await response.Content.ReadAsStreamAsync();
            var block = new byte[4096];
            while (!stopping.IsCancellationRequested)
            {
                using var deadline = new CancellationTokenSource(s_patience);
                await stream.ReadExactlyAsync(block, deadline.Token);
                if (BinaryPrimitives.ReadInt32BigEndian(block) != length / 4 || BinaryPrimitives.ReadInt32BigEndian(block.AsSpan(4092)) != (length / 4) + 1023)
                {
                    run.Losses.Add("download cut", $"{host}: something is missing at byte {length}");
                    return;
                }

                length += block.Length;
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            run.Losses.Add("download cut", $"{host}: after {length} bytes: {exception.Message}");
        }
        finally
        {
            opened();
        }
    }
}

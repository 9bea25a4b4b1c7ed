using System.Globalization;
using System.Net.WebSockets;

namespace Ingress.Routing.DataPlane.Steady;

/// <summary>One WebSocket for the whole run. What is sent has to come back.</summary>
internal static class WebSocketClient
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <param name="run">The run.</param>
    /// <param name="host">To which host.</param>
    /// <param name="opened">Told when it is open.</param>
    /// <param name="interval">The time between two messages.</param>
    /// <param name="stopping">Ends it.</param>
    public static async Task RunAsync(Surroundings run, string host, Action opened, TimeSpan interval, CancellationToken stopping)
    {
        var count = 0;
        try
        {
            using var socket = new ClientWebSocket();
            socket.Options.SetRequestHeader("Host", host);
            using (var deadline = new CancellationTokenSource(s_patience))
            {
                await socket.ConnectAsync(new(string.Create(CultureInfo.InvariantCulture, $"ws://127.0.0.1:{run.HttpPort}{EchoBackend.WebSocketPath}")), deadline.Token);
            }

            run.Judge.AddStream();
            opened();
            var pace = new Pace(interval);
            var (message, buffer) = (new byte[8], new byte[8]);
            for (; !stopping.IsCancellationRequested; count++)
            {
                BitConverter.TryWriteBytes(message, (long)count);
                using var deadline = new CancellationTokenSource(s_patience);
                await socket.SendAsync(message, WebSocketMessageType.Binary, true, deadline.Token);
                var answer = await socket.ReceiveAsync(buffer, deadline.Token);
                if (answer is not { Count: 8, EndOfMessage: true } || !buffer.AsSpan().SequenceEqual(message))
                {
                    run.Losses.Add("WebSocket cut", $"{host}: message {count} came back as {answer.MessageType}, {answer.Count} bytes");
                    return;
                }

                await pace.WaitAsync(stopping);
            }

            using var closing = new CancellationTokenSource(s_patience);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, closing.Token);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or IOException)
        {
            run.Losses.Add("WebSocket cut", $"{host}: after {count} messages: {exception.Message}");
        }
        finally
        {
            opened();
        }
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Threading.Channels;

#pragma warning disable CA2016 // The end of the run must not look like a loss: what has begun is seen to its own end.

namespace Ingress.Routing.DataPlane.Steady;

/// <summary>One gRPC stream in both directions for the whole run. What is sent has to come back, and the status at the end.</summary>
internal static class GrpcClient
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <inheritdoc cref="WebSocketClient.RunAsync" />
    public static async Task RunAsync(Surroundings run, string host, Action opened, TimeSpan interval, CancellationToken stopping)
    {
        var count = 0;
        try
        {
            using var connection = new Http2Connection(run.HttpPort);
            using var content = new StreamingContent();
            content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
            using var response = await connection.SendAsync(host, EchoBackend.StreamPath, content);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                run.Losses.Add("gRPC cut", $"{host}: {response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
                return;
            }

            run.Judge.AddStream();
            opened();
            await using var stream = await response.Content.ReadAsStreamAsync();
            var pace = new Pace(interval);
            var answer = new byte[9];
            for (; !stopping.IsCancellationRequested; count++)
            {
                using var deadline = new CancellationTokenSource(s_patience);
                byte[] message = [0, 0, 0, 0, 4, .. BitConverter.GetBytes(count)];
                content.Send(message);
                await stream.ReadExactlyAsync(answer, deadline.Token);
                if (!answer.AsSpan().SequenceEqual(message))
                {
                    run.Losses.Add("gRPC cut", $"{host}: message {count} came back changed");
                    return;
                }

                await pace.WaitAsync(stopping);
            }

            content.Complete();
            using var ending = new CancellationTokenSource(s_patience);
            if (await stream.ReadAsync(answer, ending.Token) != 0 || response.TrailingHeaders.GetValues("grpc-status").Single() != "0")
            {
                run.Losses.Add("gRPC cut", $"{host}: no status at the end");
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException or InvalidOperationException)
        {
            run.Losses.Add("gRPC cut", $"{host}: after {count} messages: {exception.Message}");
        }
        finally
        {
            opened();
        }
    }

    private sealed class StreamingContent : HttpContent
    {
        private readonly Channel<byte[]> _messages = Channel.CreateUnbounded<byte[]>();

        public void Send(byte[] message) => _messages.Writer.TryWrite(message);

        public void Complete() => _messages.Writer.Complete();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.FlushAsync();
            await foreach (var message in _messages.Reader.ReadAllAsync())
            {
                await stream.WriteAsync(message);
                await stream.FlushAsync();
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}

using System.Diagnostics;

namespace Ingress.Routing.DataPlane.Steady;

/// <summary>Sends requests as streams of one HTTP/2 connection for the whole run.</summary>
internal static class Http2Client
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    public static async Task RunAsync(Surroundings run, int streams, TimeSpan interval, CancellationToken stopping)
    {
        using var connection = new Http2Connection(run.HttpPort);
        await Task.WhenAll(Enumerable.Range(0, streams).Select(first => RunOneAsync(run, connection, first, interval, stopping)));
        if (connection.Connections > 1)
        {
            run.Losses.Add("HTTP/2 cut", $"{connection.Connections} connections were needed");
        }
    }

    private static async Task RunOneAsync(Surroundings run, Http2Connection connection, int first, TimeSpan interval, CancellationToken stopping)
    {
        var pace = new Pace(interval);
        var subjects = run.World.Plain;
        for (var i = first; !stopping.IsCancellationRequested; i++)
        {
            var subject = subjects[i % subjects.Count];
            try
            {
                using var deadline = new CancellationTokenSource(s_patience);
                var sent = run.Timeline.InForce;
                var start = Stopwatch.GetTimestamp();
                using var response = await connection.SendAsync(subject.Host, "/", cancellationToken: deadline.Token);
                await response.Content.CopyToAsync(Stream.Null, deadline.Token);
                run.Latencies.Add(Stopwatch.GetElapsedTime(start));
                run.Judge.Look("HTTP/2", subject, sent, Http2Connection.ReplyOf(response));
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
            {
                run.Losses.Add("HTTP/2 cut", $"{subject.Host}: {exception.Message}");
            }

            await pace.WaitAsync(stopping);
        }
    }
}

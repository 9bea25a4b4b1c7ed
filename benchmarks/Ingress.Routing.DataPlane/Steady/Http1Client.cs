using System.Diagnostics;
using System.Net.Sockets;

namespace Ingress.Routing.DataPlane.Steady;

/// <summary>Sends requests over one connection for the whole run.</summary>
internal static class Http1Client
{
    private const int OfSlow = 16;
    private const int OfBodies = 5;
    private static readonly byte[] s_body = new byte[3000];

    /// <param name="first">With which host it begins.</param>
    public static async Task RunAsync(Surroundings run, int first, TimeSpan interval, CancellationToken stopping)
    {
        var pace = new Pace(interval);
        var subjects = run.World.Plain;
        Http1Connection? connection = null;
        for (var i = first; !stopping.IsCancellationRequested; i++)
        {
            var subject = subjects[i % subjects.Count];
            var isSlow = i % OfSlow == 0 && subject.IsAboutEndpoints;
            try
            {
                connection ??= await Http1Connection.OpenAsync(run.HttpPort);
                var sent = run.Timeline.InForce;
                var start = Stopwatch.GetTimestamp();
                var reply = await connection.SendAsync(subject.Host, isSlow ? EchoBackend.SlowPath : "/", i % OfBodies == 0 ? s_body : null);
                run.Judge.Look("HTTP/1.1", subject, sent, reply);
                if (!isSlow)
                {
                    run.Latencies.Add(Stopwatch.GetElapsedTime(start));
                }

                if (connection.IsClosing)
                {
                    throw new IOException("The server closes the connection.");
                }
            }
            catch (Exception exception) when (exception is IOException or SocketException)
            {
                run.Losses.Add("HTTP/1.1 cut", $"{subject.Host}: {exception.Message}");
                connection?.Dispose();
                connection = null;
            }

            await pace.WaitAsync(stopping);
        }

        connection?.Dispose();
    }
}

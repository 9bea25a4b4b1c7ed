using System.Diagnostics;
using Ingress.Routing.DataPlane.Peers;

namespace Ingress.Routing.DataPlane.Load;

/// <summary>Sends requests over several kept connections, a thread for each.</summary>
internal sealed class LoadGenerator(int port, Requests requests, int connections)
{
    // An odd number, so that the connections share no order.
    private const int Stride = 4_099;

    /// <summary>Each connection sends its next request when the last one was answered: as many as the server can take.</summary>
    public LoadResult Saturate(TimeSpan time) => Run((connection, worker) =>
    {
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            var sent = Stopwatch.GetTimestamp();
            worker.Count(connection.Send(requests[worker.Next()]), sent);
        }
    });

    /// <summary>Sends at a steady rate, whether the server keeps up or not. A request that had to wait for its connection waited for its answer.</summary>
    /// <param name="perSecond">Of all connections together.</param>
    public LoadResult Pace(int perSecond, TimeSpan time) => Run((connection, worker) =>
    {
        var interval = Stopwatch.Frequency * (double)connections / perSecond;
        var start = Stopwatch.GetTimestamp() + (long)(interval * worker.Index / connections);
        for (var i = 0; i * interval < time.TotalSeconds * Stopwatch.Frequency; i++)
        {
            var due = start + (long)(i * interval);
            var isLate = Stopwatch.GetTimestamp() > due;
            Sleep(due);

            // A late awakening of this thread is no fault of the server.
            var sent = isLate ? due : Stopwatch.GetTimestamp();
            worker.Count(connection.Send(requests[worker.Next()]), sent);
        }
    });

    private static void Sleep(long due)
    {
        while (due - Stopwatch.GetTimestamp() is > 0 and var rest)
        {
            Thread.Sleep(TimeSpan.FromMilliseconds(Math.Ceiling(rest * 1000.0 / Stopwatch.Frequency)));
        }
    }

    private LoadResult Run(Action<KeepAliveConnection, Worker> work)
    {
        var workers = Enumerable.Range(0, connections).Select(static index => new Worker(index)).ToArray();
        var threads = Array.ConvertAll(workers, worker => new Thread(() =>
        {
            Pinning.LeaveFirst();
            using var connection = new KeepAliveConnection(port);
            work(connection, worker);
        }));
        var start = Stopwatch.GetTimestamp();
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());
        return LoadResult.Sum(Array.ConvertAll(workers, static worker => worker.Result), Stopwatch.GetElapsedTime(start));
    }

    private sealed class Worker(int index)
    {
        private readonly List<double> _latencies = new(16_384);
        private int _next = index * Stride;
        private long _failures;

        public int Index => index;

        public LoadResult Result => new(_latencies.Count, _failures, TimeSpan.Zero, _latencies);

        public int Next() => _next++;

        public void Count(int status, long sent)
        {
            if (status == 200)
            {
                _latencies.Add(Stopwatch.GetElapsedTime(sent).TotalMicroseconds);
            }
            else
            {
                _failures++;
            }
        }
    }
}

using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Hosting;

/// <summary>Applies changes to the table in force, and puts what comes of it in force. Not thread-safe.</summary>
internal sealed partial class TablePublisher(
    IngressRouter router, RouteTableOptions options, TimeProvider time, IngressReloadMetrics metrics, ILogger logger)
{
    private readonly DiagnosticReport _report = new(logger);

    // What is not in force yet. It outlives a failure, since later changes build on it.
    private readonly PendingChange _pending = new();
    private IngressRouteTable? _table;

    /// <summary>Everything gathered so far. The cost grows with the table.</summary>
    public ClusterSnapshot Gathered() => (_table ?? IngressRouteTable.Empty).Snapshot.Apply(_pending.ToChange());

    /// <summary>Adds what a source has to say to what is published next.</summary>
    /// <param name="take">Takes it from the source.</param>
    public void Gather(Func<ClusterChange> take)
    {
        try
        {
            var change = take();
            if (!change.IsEmpty)
            {
                _pending.Add(change);
            }
        }
        catch (Exception failure)
        {
            Fail(failure);
        }
    }

    /// <summary>Puts what was gathered in force, if anything was, and says what is new about it.</summary>
    public void Publish()
    {
        try
        {
            var change = _pending.ToChange();
            if (change.IsEmpty && _table is not null)
            {
                return;
            }

            var started = time.GetTimestamp();
            var table = Next(_table?.KeepLastGood(change) ?? change, time.GetUtcNow());
            var duration = time.GetElapsedTime(started);
            _table = table;
            _pending.Clear();

            router.Publish(table);
            metrics.TablePublished(duration);
            _report.Write(table, change);
            metrics.Diagnosed(table, _report.Counts);
        }
        catch (Exception failure)
        {
            Fail(failure);
        }
    }

    private IngressRouteTable Next(ClusterChange change, DateTimeOffset now)
    {
        if (_table is null)
        {
            return Compile(ClusterSnapshot.Empty, change, now);
        }

        try
        {
            return _table.Apply(change, now);
        }
        catch (Exception failure)
        {
            Log.ApplyFailed(logger, failure);
            return Compile(_table.Snapshot, change, now);
        }
    }

    private IngressRouteTable Compile(ClusterSnapshot before, ClusterChange change, DateTimeOffset now)
        => IngressRouteTable.Compile(before.Apply(change), options with { CertificatesEvaluatedAt = now });

    // Content never throws, so this is a defect; the table in force outlives it.
    private void Fail(Exception failure)
    {
        metrics.CompilationFailed();
        Log.CompilationFailed(logger, failure);
    }

    private static partial class Log
    {
        [LoggerMessage(2, LogLevel.Error, "The route table could not be compiled. The one in force stays in force.", EventName = "CompilationFailed")]
        public static partial void CompilationFailed(ILogger logger, Exception failure);

        [LoggerMessage(5, LogLevel.Error, "The change could not be applied to the route table in force. The table is compiled anew.", EventName = "ApplyFailed")]
        public static partial void ApplyFailed(ILogger logger, Exception failure);
    }
}

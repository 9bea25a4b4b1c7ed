using Ingress.Routing.Gateway.DevCertificates;

namespace Ingress.Routing.Gateway.Serving;

/// <summary>Prints the tables that come into force, away from those who publish them and from those who answer requests.</summary>
/// <remarks>
/// On a thread of its own: with one core the pool has one thread, and requests would wait until a long report is done. Between two threads the
/// system divides the core. What follows one another closely is told together, and still table by table.
/// </remarks>
internal sealed class ChangeReporter : IDisposable
{
    // After a report that compared all there is, requests have the core to themselves for as long as it took, but not longer than this.
    private static readonly TimeSpan s_longestRest = TimeSpan.FromSeconds(1);

    private readonly PendingTables _pending = new();
    private readonly ServingReport _report;
    private readonly Listeners _listeners;
    private readonly TimeProvider _time;
    private readonly TextWriter _output;
    private readonly DevCertificateReport? _devCertificates;
    private readonly IDisposable _subscription;

    public ChangeReporter(
        IngressRouter router,
        ServiceAnswers answers,
        Listeners listeners,
        TimeProvider time,
        TextWriter output,
        DevCertificateReport? devCertificates = null)
    {
        _report = new ServingReport(answers, output);
        _listeners = listeners;
        _time = time;
        _output = output;
        _devCertificates = devCertificates;
        _subscription = router.OnPublished(_pending.Add);
    }

    /// <summary>Prints until it is cancelled or its output has no reader.</summary>
    /// <param name="stopping">Ends printing.</param>
    public Task RunAsync(CancellationToken stopping) => Task.Factory.StartNew(
        () => Run(stopping), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public void Dispose()
    {
        _subscription.Dispose();
        _pending.Dispose();
    }

    private void Run(CancellationToken stopping)
    {
        try
        {
            Start(_pending.Take(stopping)[^1].Table);
            while (true)
            {
                var steps = _pending.Take(stopping);
                var started = _time.GetTimestamp();
                _report.WriteChanges(steps);
                if (steps.Any(static step => step.Changed is null))
                {
                    Rest(_time.GetElapsedTime(started), stopping);
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // Serving goes on when the reader of a pipe has gone, and ends without waiting for one that is asleep.
        }
    }

    private void Start(IngressRouteTable table)
    {
        _report.WriteAll(table);
        foreach (var listener in _listeners.Items)
        {
            _output.WriteLine(listener.ToString());
        }

        _devCertificates?.Write(table, _listeners, _output);
        _output.WriteLine("Ready.");
    }

    private static void Rest(TimeSpan worked, CancellationToken stopping)
        => stopping.WaitHandle.WaitOne(worked < s_longestRest ? worked : s_longestRest);
}

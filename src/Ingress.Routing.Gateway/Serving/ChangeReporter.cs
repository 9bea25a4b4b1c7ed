using System.Threading.Channels;
using Ingress.Routing.Gateway.DevCertificates;

namespace Ingress.Routing.Gateway.Serving;

/// <summary>Prints the tables that come into force, away from whoever publishes them.</summary>
/// <remarks>
/// A summary costs what the table weighs, and not what the change does. So it is always of the newest table, and after it comes a pause: with
/// a hundred thousand Ingresses a few lines a minute are printed, and with a hundred nobody notices.
/// </remarks>
internal sealed class ChangeReporter : IDisposable
{
    // A summary takes a twentieth of the time at most.
    private const int RestPerWork = 19;

    private readonly Channel<IngressRouteTable> _newest = Channel.CreateBounded<IngressRouteTable>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
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
        _subscription = router.OnPublished(table => _newest.Writer.TryWrite(table));
    }

    /// <summary>Prints until it is cancelled or nobody reads any more.</summary>
    /// <param name="stopping">Ends printing.</param>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            var table = await _newest.Reader.ReadAsync(stopping);
            _report.WriteAll(table);
            foreach (var listener in _listeners.Items)
            {
                await _output.WriteLineAsync(listener.ToString());
            }

            _devCertificates?.Write(table, _listeners, _output);
            await _output.WriteLineAsync("Ready.");
            await foreach (var next in _newest.Reader.ReadAllAsync(stopping))
            {
                var started = _time.GetTimestamp();
                _report.WriteChange(table, next);
                table = next;
                await Task.Delay(_time.GetElapsedTime(started) * RestPerWork, _time, stopping);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // Serving goes on when the reader of a pipe has gone.
        }
    }

    public void Dispose() => _subscription.Dispose();
}

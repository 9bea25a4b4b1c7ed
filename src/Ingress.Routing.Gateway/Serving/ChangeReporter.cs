using System.Threading.Channels;

namespace Ingress.Routing.Gateway.Serving;

/// <summary>Prints each table that comes into force, away from whoever publishes it.</summary>
internal sealed class ChangeReporter : IDisposable
{
    private readonly Channel<IngressRouteTable> _tables = Channel.CreateUnbounded<IngressRouteTable>();
    private readonly ServingReport _report;
    private readonly Listeners _listeners;
    private readonly TextWriter _output;
    private readonly IDisposable _subscription;

    public ChangeReporter(IngressRouter router, ServiceAnswers answers, Listeners listeners, TextWriter output)
    {
        _report = new ServingReport(answers, output);
        _listeners = listeners;
        _output = output;
        _subscription = router.OnPublished(table => _tables.Writer.TryWrite(table));
    }

    /// <summary>Prints until it is cancelled or nobody reads any more.</summary>
    /// <param name="stopping">Ends printing.</param>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            var table = await _tables.Reader.ReadAsync(stopping);
            _report.WriteAll(table);
            foreach (var listener in _listeners.Items)
            {
                await _output.WriteLineAsync(listener.ToString());
            }

            await _output.WriteLineAsync("Ready.");
            await foreach (var next in _tables.Reader.ReadAllAsync(stopping))
            {
                _report.WriteChange(table, next);
                table = next;
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // Serving goes on when the reader of a pipe has gone.
        }
    }

    public void Dispose() => _subscription.Dispose();
}

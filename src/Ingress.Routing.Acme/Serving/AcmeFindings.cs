using System.Runtime.CompilerServices;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Hosting;

namespace Ingress.Routing.Acme.Serving;

/// <summary>Brings what is to be said about certificates into the table, as a source that has no objects.</summary>
internal sealed class AcmeFindings : IIngressSource
{
    private readonly Lock _changing = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IReadOnlyList<IngressDiagnostic> _current = [];

    /// <summary>Says this from now on. The same once more makes no new table.</summary>
    public void Replace(IReadOnlyList<IngressDiagnostic> diagnostics)
    {
        lock (_changing)
        {
            if (_current.SequenceEqual(diagnostics))
            {
                return;
            }

            _current = diagnostics;
            _changed.SetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<ClusterSnapshot> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            IReadOnlyList<IngressDiagnostic> current;
            Task changed;
            lock (_changing)
            {
                (current, changed) = (_current, _changed.Task);
            }

            yield return new ClusterSnapshot { SourceDiagnostics = current };
            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}

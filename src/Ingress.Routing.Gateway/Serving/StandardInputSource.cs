using System.Runtime.CompilerServices;
using Ingress.Routing.Gateway.CommandLine;
using Ingress.Routing.Hosting;
using Ingress.Routing.Manifests;

namespace Ingress.Routing.Gateway.Serving;

/// <summary>Reads standard input to its end, once, and keeps what it said.</summary>
internal sealed class StandardInputSource(TextReader input) : IIngressSource
{
    private ClusterSnapshot? _snapshot;

    public async IAsyncEnumerable<ClusterSnapshot> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // On a thread of its own: reading a console or a pipe cannot be cancelled, and must not hold up the end of the process.
        _snapshot ??= await Task.Factory.StartNew(Read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            .WaitAsync(cancellationToken);
        yield return _snapshot;
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
    }

    private ClusterSnapshot Read() => IngressManifests.Parse(input.ReadToEnd(), ManifestInput.StandardInputName).Snapshot;
}

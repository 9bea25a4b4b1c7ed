using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Ingress.Routing.Hosting;
using Ingress.Routing.Kubernetes.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ingress.Routing.Kubernetes.Watching;

/// <summary>Yields what is needed of a cluster, first all of it (K23), and then what changes (K21).</summary>
internal sealed partial class KubernetesIngressSource(
    KubernetesClient client,
    IOptions<KubernetesOptions> options,
    IOptions<IngressRoutingOptions> routing,
    KubernetesMetrics metrics,
    TimeProvider time,
    ILogger<KubernetesIngressSource> logger,
    ReflectorOptions? reflection = null) : IIngressChangeSource
{
    private volatile ClusterWatch? _watch;

    /// <summary>What is watched now; null before the first enumeration.</summary>
    public ClusterWatch? Watch => _watch;

    public async IAsyncEnumerable<ClusterChange> WatchChangesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
        var watch = new ClusterWatch(
            client, options.Value, routing.Value, reflection ?? new(), metrics, time, logger, () => signal.Writer.TryWrite(true), ending.Token);
        _watch = watch;
        metrics.Observe(() => watch.Reflectors);
        try
        {
            yield return await watch.StartAsync().ConfigureAwait(false);
            Log.Complete(logger, client.Server);
            while (true)
            {
                await signal.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                if (watch.Take() is { IsEmpty: false } change)
                {
                    yield return change;
                }
            }
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(25, LogLevel.Information, "Everything needed of the cluster at {Server} is known.", EventName = "ClusterComplete")]
        public static partial void Complete(ILogger logger, Uri server);
    }
}

using System.Runtime.CompilerServices;
using Ingress.Routing.Hosting;
using Ingress.Routing.Model;

namespace Snippets;

// <source>
internal sealed class PollingSource(Func<Task<ClusterSnapshot>> read) : IIngressSource
{
    public async IAsyncEnumerable<ClusterSnapshot> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(30));
        do
        {
            yield return await read();
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }
}
// </source>

using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Ingress.Routing.Hosting;
using Ingress.Routing.Model;

namespace Snippets;

// <source>
internal sealed class TenantSource(ITenants tenants) : IIngressChangeSource
{
    public async IAsyncEnumerable<ClusterChange> WatchChangesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Listened to before read, so that no event falls between the two.
        var events = tenants.Listen(cancellationToken);
        yield return new() { Upserted = await tenants.ReadAllAsync(cancellationToken) };

        await foreach (var (reference, ingress) in events.ReadAllAsync(cancellationToken))
        {
            yield return ingress is null ? new() { Removed = [reference] } : new() { Upserted = [ingress] };
        }
    }
}
// </source>

internal interface ITenants
{
    ChannelReader<(ResourceReference Reference, IngressResource? Ingress)> Listen(CancellationToken cancellationToken);

    Task<IReadOnlyList<IngressResource>> ReadAllAsync(CancellationToken cancellationToken);
}

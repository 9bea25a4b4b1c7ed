using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
// <change-source>
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Ingress.Routing;
using Ingress.Routing.Hosting;
using Ingress.Routing.Model;
// </change-source>

namespace Snippets;

internal static class ChangeSourceSnippet
{
    public static void Run(string[] args)
    {
        // <change-source>
        var builder = WebApplication.CreateBuilder(args);

        builder.Services.AddSingleton<Tenants>();
        builder.Services.AddIngressRouting()
            .AddSource(services => new TenantSource(services.GetRequiredService<Tenants>()))
            .AddForwarding();

        var app = builder.Build();
        app.UseIngressRouting();
        app.Run();
        // </change-source>
    }
}

// <change-source>
internal sealed class TenantSource(Tenants tenants) : IIngressChangeSource
{
    public async IAsyncEnumerable<ClusterChange> WatchChangesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Listened to before read, so that no event falls between the two.
        var events = tenants.Listen();
        yield return new() { Upserted = await tenants.ReadAllAsync(cancellationToken) };

        await foreach (var ingress in events.ReadAllAsync(cancellationToken))
        {
            yield return ingress.Rules.Count == 0 ? new() { Removed = [ingress.Reference] } : new() { Upserted = [ingress] };
        }
    }
}

// Stands for what knows your tenants. One without rules has gone.
internal sealed class Tenants
{
    private readonly List<IngressResource> _known = [];
    private readonly Channel<IngressResource> _changes = Channel.CreateUnbounded<IngressResource>();

    public void Tell(IngressResource changed) => _changes.Writer.TryWrite(changed);

    public ChannelReader<IngressResource> Listen() => _changes.Reader;

    public Task<IReadOnlyList<IngressResource>> ReadAllAsync(CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<IngressResource>>([.. _known]);
}
// </change-source>

using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
// <source>
using System.Runtime.CompilerServices;
using Ingress.Routing;
using Ingress.Routing.Hosting;
// </source>

namespace Snippets;

internal static class SourceSnippet
{
    public static void Run(string[] args)
    {
        // <source>
        var builder = WebApplication.CreateBuilder(args);

        builder.Services.AddIngressRouting()
            .AddSource(services => new PollingSource(() => Task.FromResult(ClusterSnapshot.Empty))) // read yours here
            .AddForwarding();

        var app = builder.Build();
        app.UseIngressRouting();
        app.Run();
        // </source>
    }
}

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

using Ingress.Routing.Gateway.Serving;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Gateway.Tests;

public sealed class ChangeReporterTests
{
    [Fact]
    public async Task Run_ManyTablesAtOnce_PrintsTheNewest()
    {
        var router = new IngressRouter();
        var output = new LineWriter();
        var settings = new RunSettings { Manifests = [] };
        using var reporter = new ChangeReporter(router, new ServiceAnswers(settings), new Listeners(), TimeProvider.System, output);
        using var stop = new CancellationTokenSource();
        router.Publish(TableOf(1));
        router.Publish(TableOf(2));

        var running = reporter.RunAsync(stop.Token);
        Assert.Contains("2 Ingresses, 0 errors, 2 warnings; 2 routes to 1 Service port.", await output.ReadToAsync("Ready."));
        foreach (var table in Enumerable.Range(3, 98).Select(TableOf).ToList())
        {
            router.Publish(table);
        }

        var lines = await output.ReadToAsync("Changed: 100 Ingresses");
        Assert.InRange(lines.Count(static line => line.StartsWith("Changed:", StringComparison.Ordinal)), 1, 50);
        await stop.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static IngressRouteTable TableOf(int ingresses) => IngressRouteTable.Compile(Some.Snapshot(
        [.. Enumerable.Range(0, ingresses).Select(i => Some.Ingress($"shop/web{i}", [Some.Rule($"h{i}.test", Some.Prefix("/"))]))]));
}

using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Concurrency;

/// <summary>Readers during thousands of changes see one generation or the next, never a mixture (trap 28).</summary>
public sealed class PublishUnderLoadTests
{
    private const int Generations = 4_000;

    private static readonly string[] s_hosts = ["a.h.test", "x.h.test", "h.test", "elsewhere.test", "unknown.host.test"];

    [Fact]
    public async Task Match_WhileTablesArePublished_NeverSeesTwoGenerations()
    {
        var router = new IngressRouter();
        router.Publish(Generation(0));
        var heard = new List<string>();
        using var registration = router.OnPublished(table => heard.Add(table.Answer("h.test", "/")));
        using var stop = new CancellationTokenSource();

        // One reader has to have begun before the first change, or all might be over before any of them ran.
        using var reading = new CountdownEvent(2);
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(() => Read(router, reading, stop.Token))).ToArray();
        Assert.True(reading.Wait(TimeSpan.FromSeconds(30)));
        for (var generation = 1; generation <= Generations; generation++)
        {
            router.Publish(Generation(generation));
        }

        await stop.CancelAsync();
        var reads = await Task.WhenAll(readers).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.All(reads, count => Assert.True(count > 0));
        Assert.Equal(Enumerable.Range(0, Generations + 1).Select(generation => $"g{generation}"), heard);
    }

    // Every path, prefix and default backend of a table names the generation.
    private static IngressRouteTable Generation(int number) => RouteTableAnswers.TableOf(
        Some.Ingress("one", [Some.Rule("a.h.test", Some.Exact("/", $"g{number}")), Some.Rule("*.h.test", Some.Prefix("/", $"g{number}"))]),
        Some.Ingress(
            "two",
            [Some.Rule("h.test", Some.ImplementationSpecific(null, $"g{number}")), new() { Host = "elsewhere.test" }],
            Some.Backend($"g{number}")));

    private static int Read(IngressRouter router, CountdownEvent reading, CancellationToken stop)
    {
        var last = 0;
        var reads = 0;
        do
        {
            var table = router.Current;
            var answers = s_hosts.Select(host => table.Answer(host, "/")).Distinct().ToList();
            var generation = int.Parse(Assert.Single(answers)[1..], System.Globalization.CultureInfo.InvariantCulture);
            Assert.True(generation >= last, $"generation {generation} after {last}");
            last = generation;
            if (reads++ == 0)
            {
                reading.Signal();
            }
        }
        while (!stop.IsCancellationRequested);

        return reads;
    }
}

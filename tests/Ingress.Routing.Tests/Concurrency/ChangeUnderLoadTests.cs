using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Concurrency;

/// <summary>Readers see each change whole or not at all, although generations share what a change does not touch (trap 28).</summary>
public sealed class ChangeUnderLoadTests
{
    private const int Hosts = 50;

    private static readonly TimeSpan s_duration = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Apply_WhileRequestsAreMatched_ShowsNoMixture()
    {
        var router = new IngressRouter();
        router.Publish(IngressRouteTable.Compile(
            ClusterSnapshot.Empty.Apply(Generation(0)),
            new() { DefaultBackend = new(new("shop", "fallback"), new() { Number = 80 }) }));
        using var stop = new CancellationTokenSource();
        using var reading = new CountdownEvent(2);
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(() => Read(router, reading, stop.Token))).ToArray();
        Assert.True(reading.Wait(TimeSpan.FromSeconds(30)));

        stop.CancelAfter(s_duration);
        var last = 0;
        while (!stop.IsCancellationRequested)
        {
            router.Publish(router.Current.Apply(Generation(++last)));
        }

        var seen = await Task.WhenAll(readers).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.All(seen, generations => Assert.True(generations > 1, $"{generations} of {last} generations were seen"));
        Assert.Equal(last, GenerationOf(router.Current));
    }

    [Fact]
    public void Read_OfAMixture_Fails()
    {
        var ones = IngressRouteTable.Compile(ClusterSnapshot.Empty.Apply(Generation(1)));
        var half = Generation(2);

        var mixed = ones.Apply(half with { Upserted = [.. half.Upserted.Take(half.Upserted.Count / 2)] });

        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => GenerationOf(mixed));
    }

    // All of it speaks of the generation: the paths and Services of exact, wildcard and unknown hosts, and the endpoint of each Service.
    private static ClusterChange Generation(int number)
    {
        // Names of the one before last are used again, so that Services come, go, and come back.
        var service = $"g{number % 3}";
        return new()
        {
            Upserted =
            [
                .. Enumerable.Range(0, Hosts).Select(i => Some.Ingress(
                    $"shop/h{i}",
                    [
                        Some.Rule($"h{i}.test", Some.Prefix("/", service), Some.Exact($"/at-{number}", service)),
                        Some.Rule($"*.h{i}.test", Some.Prefix("/", service)),
                    ],
                    Some.Backend(service))),
                Some.Service($"shop/{service}"),
                Some.Slice($"shop/{service}", 80, AddressOf(number)),
            ],
            Removed = [new("Service", "shop", $"g{(number + 1) % 3}"), new("EndpointSlice", "shop", $"g{(number + 1) % 3}-slice")],
        };
    }

    private static string AddressOf(int number) => $"10.{(number >> 16) & 255}.{(number >> 8) & 255}.{number & 255}";

    private static int Read(IngressRouter router, CountdownEvent reading, CancellationToken stop)
    {
        var (last, seen) = (-1, 0);
        do
        {
            var generation = GenerationOf(router.Current);
            Assert.True(generation >= last, $"generation {generation} after {last}");
            if (generation > last && seen++ == 0)
            {
                reading.Signal();
            }

            last = generation;
        }
        while (!stop.IsCancellationRequested);

        return seen;
    }

    private static int GenerationOf(IngressRouteTable table)
    {
        var service = table.Match("h0.test", "/").Route!.Service!;
        var address = Assert.Single(table.GetDestinations(service).Ready).Address.GetAddressBytes();
        var generation = (address[1] << 16) | (address[2] << 8) | address[3];
        for (var i = 0; i < Hosts; i++)
        {
            Assert.Equal(service, table.Match($"h{i}.test", "/").Route!.Service);
            Assert.Equal(service, table.Match($"www.h{i}.test", "/x").Route!.Service);
            Assert.Equal($"/at-{generation}", table.Match($"h{i}.test", $"/at-{generation}").Route!.Path);
        }

        Assert.Equal($"g{generation % 3}", service.Name.Name);
        return generation;
    }
}

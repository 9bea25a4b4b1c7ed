using Ingress.Routing.Forwarding.Tests.Backends;
using Ingress.Routing.Forwarding.Tests.Health;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Forwarding.Tests.Faults;

/// <summary>Endpoints that fail at random under load, while the table changes.</summary>
public sealed class ChaosTests
{
    private const int Clients = 12;
    private const int RequestsOfEach = 150;

    [Fact]
    public async Task NoRequestFails_OverHttp2_WhileOneEndpointIsWell()
    {
        var random = new Random(3);
        await using var faulty = new RawHttp2Backend((stream, _) =>
        {
            int choice;
            lock (random)
            {
                choice = random.Next(6);
            }

            switch (choice)
            {
                case 0:
                    return stream.ResetAsync(RawHttp2Backend.RefusedStream);
                case 1:
                    stream.Close();
                    return Task.CompletedTask;
                case 2:
                    stream.Abort();
                    return Task.CompletedTask;
                default:
                    return stream.OkAsync();
            }
        });
        await using var good = new RawHttp2Backend(static (stream, _) => stream.OkAsync());
        await using var proxy = await Proxy.StartAsync(
            Site.Of([faulty.Port, good.Port]) with { Services = [Some.Service("t/web", appProtocol: "h2c")] },
            static options => options.Health = new EndpointHealth
            {
                AsideTime = TimeSpan.FromMilliseconds(50),
                MaxAsideTime = TimeSpan.FromMilliseconds(50),
                SlowStart = TimeSpan.Zero,
            });

        var statuses = await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            var seen = new List<int>();
            for (var i = 0; i < RequestsOfEach; i++)
            {
                seen.Add(await proxy.StatusAsync());
            }

            return seen;
        }));

        Assert.Equal([200], statuses.SelectMany(static seen => seen).Distinct());
        Assert.True(faulty.Streams >= 10);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task NoRequestFails_ThatMayBeSentAgain_WhileOneEndpointIsWell(int seed)
    {
        var random = new Random(seed);
        using var refusing = new RefusingEndpoint();
        await using var fleet = await Fleet.StartAsync(
            [Fleet.Ok, Fleet.Ok, Fleet.Ok],
            static options => options.Health = new EndpointHealth { AsideTime = TimeSpan.FromMilliseconds(50), SlowStart = TimeSpan.FromMilliseconds(100) });
        using var stop = new CancellationTokenSource();
        var trouble = MakeTroubleAsync();

        var statuses = await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            var seen = new List<int>();
            for (var i = 0; i < RequestsOfEach; i++)
            {
                seen.Add(await fleet.Proxy.StatusAsync());
            }

            return seen;
        }));
        await stop.CancelAsync();
        await trouble.InTime();

        Assert.DoesNotContain(fleet.Log.Entries, static line => line.Contains("Status 50", StringComparison.Ordinal));
        Assert.Equal([200], statuses.SelectMany(static seen => seen).Distinct());
        Assert.True(fleet.HasLogged("failed (")); // it was trouble

        async Task MakeTroubleAsync()
        {
            while (!stop.IsCancellationRequested)
            {
                // Two of them do something wrong, and three attempts are made: whatever changes, one goes well.
                fleet.Tell(0, random.Next(4) switch
                {
                    0 => Fleet.Reset,
                    1 => static _ => Task.FromResult(false),
                    2 => static async connection => await FaultyBackend.OkAsync(connection) && Random.Shared.Next(3) > 0,
                    _ => Fleet.Ok,
                });
                int[] good = random.Next(3) switch
                {
                    0 => [fleet.Endpoints[1].Port],
                    1 => [fleet.Endpoints[2].Port],
                    _ => [fleet.Endpoints[1].Port, fleet.Endpoints[2].Port],
                };
                fleet.Proxy.Publish(Site.Of([fleet.Endpoints[0].Port, refusing.Port, .. good]));
                await Task.Delay(random.Next(20));
            }
        }
    }
}

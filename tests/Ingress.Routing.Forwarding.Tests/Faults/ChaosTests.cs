using Ingress.Routing.Forwarding.Tests.Backends;
using Ingress.Routing.Forwarding.Tests.Health;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Forwarding.Tests.Faults;

/// <summary>Endpoints that fail at random under load, while the table changes.</summary>
public sealed class ChaosTests
{
    private const int Clients = 12;
    private const int RequestsOfEach = 150;

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

        Assert.Equal([200], statuses.SelectMany(static seen => seen).Distinct());
        Assert.True(fleet.HasLogged("failed (")); // it was trouble

        async Task MakeTroubleAsync()
        {
            while (!stop.IsCancellationRequested)
            {
                // The last one does nothing wrong, and at most two others do.
                fleet.Tell(random.Next(2), random.Next(4) switch
                {
                    0 => Fleet.Reset,
                    1 => static _ => Task.FromResult(false),
                    2 => async connection => await FaultyBackend.OkAsync(connection) && random.Next(3) > 0,
                    _ => Fleet.Ok,
                });
                var ports = fleet.Ports.Skip(random.Next(2)).ToList();
                if (ports.Count == 2)
                {
                    ports.Add(refusing.Port);
                }

                fleet.Proxy.Publish(Site.Of(ports));
                await Task.Delay(random.Next(20));
            }
        }
    }
}

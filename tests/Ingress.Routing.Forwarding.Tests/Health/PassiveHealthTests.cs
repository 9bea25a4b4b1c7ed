using Ingress.Routing.Forwarding.Health;
using Ingress.Routing.Forwarding.Tests.Backends;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Forwarding.Tests.Health;

/// <summary>Endpoints that fail get no requests for a while.</summary>
public sealed class PassiveHealthTests
{
    private static readonly EndpointHealth s_forLong = new() { MaxFailures = 3, AsideTime = TimeSpan.FromHours(1), MaxAsideTime = TimeSpan.FromHours(1), SlowStart = TimeSpan.Zero };

    [Fact]
    public async Task FailuresInARow_SetAnEndpointAside()
    {
        await using var fleet = await Fleet.StartAsync([Fleet.Reset, Fleet.Ok], static options => options.Health = s_forLong);

        Assert.Equal([200], await fleet.AskAsync(50)); // each is sent once more

        Assert.Equal(3, fleet.Endpoints[0].Requests.Count);
        Assert.True(fleet.HasLogged("gets no requests for 3600 s: 3 requests in a row failed"));
        Assert.True(fleet.HasLogged("1 of 2 endpoints get some"));
    }

    [Fact]
    public async Task FailuresInARow_Count_WithoutRetries()
    {
        await using var fleet = await Fleet.StartAsync(
            [Fleet.Reset, Fleet.Ok],
            static options =>
            {
                options.Health = s_forLong;
                options.Retries = false;
            });

        Assert.Equal([200, 502], await fleet.AskAsync(50));

        Assert.Equal([3, 47], fleet.Counts);
    }

    [Fact]
    public async Task FailureBetweenSuccesses_IsForgiven()
    {
        var count = 0;
        await using var fleet = await Fleet.StartAsync(
            [connection => ++count % 3 == 0 ? Fleet.Ok(connection) : Fleet.Reset(connection), Fleet.Ok], static options => options.Health = s_forLong);

        Assert.Equal([200], await fleet.AskAsync(60));

        Assert.Equal(30, fleet.Endpoints[0].Requests.Count);
    }

    [Fact]
    public async Task ResponsesThatBreakOff_AreFailures()
    {
        await using var fleet = await Fleet.StartAsync(
            [
                static async connection =>
                {
                    await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx");
                    connection.Reset();
                    return false;
                },
                Fleet.Ok,
            ],
            static options => options.Health = s_forLong);

        var broken = 0;
        for (var i = 0; i < 30; i++)
        {
            try
            {
                await fleet.Proxy.GetAsync();
            }
            catch (HttpRequestException)
            {
                broken++;
            }
        }

        Assert.Equal(3, broken);
    }

    [Fact]
    public async Task RefusedConnections_AreFailures_AndComeBackWhenTheTimeIsOver_ForLongerEachTime()
    {
        await using var fleet = await Fleet.StartAsync(
            [Fleet.Reset, Fleet.Ok],
            static options => options.Health = s_forLong with { AsideTime = TimeSpan.FromMilliseconds(50), MaxAsideTime = TimeSpan.FromMilliseconds(200) });

        await Eventually.Holds(
            async () =>
            {
                Assert.Equal([200], await fleet.AskAsync(2));
                return fleet.Log.Entries.Count(static line => line.Contains("gets no requests for 0.2 s", StringComparison.Ordinal)) > 1;
            },
            "the longest time is reached, and not passed");
        Assert.True(fleet.HasLogged("gets no requests for 0.05 s: 3 requests in a row"));
        Assert.True(fleet.HasLogged("gets no requests for 0.1 s"));
        Assert.False(fleet.HasLogged("gets no requests for 0.4 s"));

        fleet.Tell(0, Fleet.Ok);
        var before = fleet.Endpoints[0].Requests.Count;
        await Eventually.Holds(
            async () =>
            {
                await fleet.AskAsync(2);
                return fleet.Endpoints[0].Requests.Count > before + 20;
            },
            "it gets requests again");
    }

    [Fact]
    public async Task OnlyEndpoint_IsNeverSetAside()
    {
        await using var fleet = await Fleet.StartAsync([Fleet.Reset], static options => options.Health = s_forLong);

        Assert.Equal([502], await fleet.AskAsync(20));

        Assert.Equal([20], fleet.Counts);
    }

    [Theory]
    [InlineData(50, true)]
    [InlineData(20, false)]
    public async Task TooFewLeft_AllGetRequests(int percent, bool isPanic)
    {
        await using var fleet = await Fleet.StartAsync(
            [Fleet.Reset, Fleet.Reset, Fleet.Ok],
            options =>
            {
                options.Health = s_forLong with { PanicPercent = percent };
                options.Retries = false;
            });

        await fleet.AskAsync(60);

        Assert.Equal(isPanic, fleet.HasLogged("All of them get requests."));
        if (isPanic)
        {
            Assert.All(fleet.Counts, static count => Assert.InRange(count, 15, 25));
        }
        else
        {
            Assert.Equal([3, 3, 54], fleet.Counts);
        }
    }

    [Fact]
    public async Task AllEndpointsThatFail_AllGetRequests()
    {
        await using var fleet = await Fleet.StartAsync(
            [Fleet.Reset, Fleet.Reset],
            static options =>
            {
                options.Health = s_forLong;
                options.Retries = false;
            });
        await fleet.AskAsync(20);

        fleet.Tell(0, Fleet.Ok);
        fleet.Tell(1, Fleet.Ok);

        Assert.Equal([200], await fleet.AskAsync(20));
    }

    [Fact]
    public async Task Annotations_SayWhatFailuresAre()
    {
        await using var fleet = await Fleet.StartAsync(
            [Fleet.Status(500), Fleet.Ok], null, ("health-failures", "2"), ("health-failure-statuses", "500-504"), ("health-aside-time", "600"), ("health-max-aside-time", "600"));

        Assert.Equal([200, 500], await fleet.AskAsync(40));

        Assert.Equal([2, 38], fleet.Counts);
    }

    [Fact]
    public async Task EndpointSetAside_StaysSo_WhenOthersCome()
    {
        await using var fleet = await Fleet.StartAsync([Fleet.Reset, Fleet.Ok, Fleet.Ok], static options => options.Health = s_forLong);
        fleet.Proxy.Publish(Site.Of(fleet.Ports.Take(2)));
        await fleet.AskAsync(20);
        var before = fleet.Endpoints[0].Requests.Count;

        fleet.Proxy.Publish(Site.Of(fleet.Ports));

        Assert.Equal([200], await fleet.AskAsync(40));
        Assert.Equal(before, fleet.Endpoints[0].Requests.Count);
        Assert.True(fleet.Endpoints[2].Requests.Count > 5);
    }

    [Theory]
    [InlineData("round-robin")]
    [InlineData("peak-ewma")]
    [InlineData("power-of-two")]
    public async Task NewEndpoint_GetsATenthOfItsShareAtFirst(string balancing)
    {
        await using var fleet = await Fleet.StartAsync(
            [Fleet.Ok, Fleet.Ok], static options => options.Health = new() { SlowStart = TimeSpan.FromHours(1) }, ("load-balancing", balancing));
        fleet.Proxy.Publish(Site.Of(fleet.Ports.Take(1)));
        await fleet.AskAsync(1);

        fleet.Proxy.Publish(Site.Of(fleet.Ports));
        await fleet.AskAsync(400);

        Assert.InRange(fleet.Endpoints[1].Requests.Count, 1, 100); // 20 to 40 on average; 200 or more without a slow start
    }

    [Fact]
    public async Task KeptConnectionsThatEnd_SayNothingAgainstAnEndpoint()
    {
        await using var closing = FaultyBackend.ClosingKept(answered: 1, resets: true);
        await using var good = new FaultyBackend(static (connection, _) => FaultyBackend.OkAsync(connection));
        await using var proxy = await Proxy.StartAsync(
            Site.Of([closing.Port, good.Port]),
            static options =>
            {
                options.LoadBalancingPolicy = "RoundRobin";
                options.Health = s_forLong with { MaxFailures = 1 };
            });

        for (var i = 0; i < 40; i++)
        {
            Assert.Equal("200 ok", await proxy.GetAsync());
        }

        Assert.True(closing.Requests.Count >= 20);
    }

    [Fact]
    public async Task PoisonedAndFrozenEndpoints_AreSetAside_AsOutliers()
    {
        await using var fleet = await Fleet.StartAsync(
            [Fleet.Status(500), Fleet.Freeze, Fleet.Ok, Fleet.Ok],
            static options =>
            {
                options.LoadBalancingPolicy = "PowerOfTwoChoices"; // any other would have all clients wait for the frozen one
                options.HealthWindow = TimeSpan.FromSeconds(1);
                options.Health = new() { AsideTime = TimeSpan.FromHours(1), MaxAsideTime = TimeSpan.FromHours(1), SlowStart = TimeSpan.Zero };
            });
        using var stop = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 24).Select(async _ =>
        {
            try
            {
                while (!stop.IsCancellationRequested)
                {
                    using var request = Site.Request();
                    using var response = await fleet.Proxy.Client.SendAsync(request, stop.Token);
                }
            }
            catch (OperationCanceledException)
            {
            }
        }).ToList();

        await Eventually.Holds(
            () => fleet.HasLogged($"endpoint http://127.0.0.1:{fleet.Endpoints[0].Port} gets no requests")
                && fleet.HasLogged($"endpoint http://127.0.0.1:{fleet.Endpoints[1].Port} gets no requests"),
            "both are set aside");
        await stop.CancelAsync();
        await Task.WhenAll(clients).InTime();

        Assert.True(fleet.HasLogged("while the others answer"));
        Assert.False(fleet.HasLogged($"endpoint http://127.0.0.1:{fleet.Endpoints[2].Port} gets no requests"));
    }

    [Theory]
    [InlineData(100, 60, 10, 300, 0, 10, 0, true)] // 60 % against none
    [InlineData(100, 60, 10, 300, 100, 10, 0, false)] // all do badly
    [InlineData(100, 40, 10, 300, 0, 10, 0, false)] // not often enough
    [InlineData(19, 19, 10, 300, 0, 10, 0, false)] // too few to tell
    [InlineData(100, 100, 10, 19, 0, 10, 0, false)] // none to compare with
    [InlineData(100, 0, 900, 300, 0, 80, 0, true)] // 11 times as late
    [InlineData(100, 0, 900, 300, 0, 200, 0, false)] // not late enough
    [InlineData(100, 0, 90, 300, 0, 1, 0, false)] // 90 times, but not for people
    [InlineData(0, 0, 0, 300, 0, 10, 3, true)] // frozen
    [InlineData(0, 0, 0, 300, 0, 10, 2, false)]
    [InlineData(0, 0, 0, 300, 0, 2000, 30, false)] // the others take their time as well
    public void Outlier_IsFarFromTheOthers(
        int answered, int failed, int milliseconds, int othersAnswered, int othersFailed, int othersMilliseconds, int unanswered, bool expected)
        => Assert.Equal(expected, Outliers.Find(WindowOf(answered, failed, milliseconds), WindowOf(othersAnswered, othersFailed, othersMilliseconds), unanswered) is not null);

    private static EndpointWindow WindowOf(int answered, int failed, int milliseconds)
        => new(answered, answered, failed, answered * TimeSpan.FromMilliseconds(milliseconds).Ticks);
}

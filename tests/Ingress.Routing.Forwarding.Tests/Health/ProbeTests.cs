namespace Ingress.Routing.Forwarding.Tests.Health;

/// <summary>Endpoints are asked how they are.</summary>
public sealed class ProbeTests
{
    private static readonly (string, string)[] s_probe =
    [
        ("health-probe-path", "/healthz?deep=1"), ("health-probe-interval", "0.1"), ("health-probe-rise", "2"), ("health-probe-fall", "2"), ("health-slow-start", "0"),
    ];

    [Fact]
    public async Task EndpointWhoseProbesFail_GetsNoRequests_UntilTheySucceed()
    {
        var isWell = false;
        await using var fleet = await Fleet.StartAsync(
            [connection => connection.Head.Contains("/healthz", StringComparison.Ordinal) && !isWell ? Fleet.Status(503)(connection) : Fleet.Ok(connection), Fleet.Ok],
            null,
            s_probe);
        await fleet.AskAsync(1);

        await Eventually.Holds(() => fleet.HasLogged("2 probes in a row failed: status 503, where 200-399 is expected"), "probes fail");
        Assert.Equal(0, await RequestsWhileAsync(fleet, 20));

        isWell = true;
        await Eventually.Holds(() => fleet.HasLogged("gets requests again"), "probes succeed");
        Assert.Equal(10, await RequestsWhileAsync(fleet, 20));
        Assert.Contains(fleet.Endpoints[0].Requests, static request => request == "GET /healthz?deep=1 HTTP/1.1");
    }

    [Fact]
    public async Task AllEndpointsWhoseProbesFail_GetRequests()
    {
        await using var fleet = await Fleet.StartAsync([Healthless, Healthless], null, s_probe);
        await fleet.AskAsync(1);

        await Eventually.Holds(() => fleet.HasLogged("0 of 2 endpoints are well"), "probes of both fail");

        Assert.Equal([200], await fleet.AskAsync(10));
    }

    [Fact]
    public async Task FrozenEndpoint_FailsItsProbes_WhenTheTimeIsOver()
    {
        await using var fleet = await Fleet.StartAsync(
            [static connection => connection.Head.Contains("/healthz", StringComparison.Ordinal) ? Fleet.Freeze(connection) : Fleet.Ok(connection), Fleet.Ok],
            null,
            [.. s_probe, ("health-probe-timeout", "0.1")]);
        await fleet.AskAsync(1);

        await Eventually.Holds(() => fleet.HasLogged("no answer within 0.1 s"), "a probe takes too long");
    }

    [Fact]
    public async Task Probe_IsSentAsAsked()
    {
        var heads = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await using var asked = new FaultyBackend((connection, _) =>
        {
            heads.Enqueue(connection.Head);
            return Fleet.Status(418)(connection);
        });
        await using var fleet = await Fleet.StartAsync(
            [Fleet.Ok],
            null,
            [.. s_probe, ("health-probe-port", asked.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("health-probe-host", "probe.test"), ("health-probe-statuses", "418")]);
        await fleet.AskAsync(1);

        await Eventually.Holds(() => heads.Count >= 5, "it is asked again and again");

        Assert.All(heads, static head => Assert.Contains("\r\nHost: probe.test\r\n", head, StringComparison.Ordinal));
        Assert.False(fleet.HasLogged("probes in a row failed"));
    }

    private static Task<bool> Healthless(RawConnection connection)
        => connection.Head.Contains("/healthz", StringComparison.Ordinal) ? Fleet.Status(500)(connection) : Fleet.Ok(connection);

    private static async Task<int> RequestsWhileAsync(Fleet fleet, int count)
    {
        var before = CountOf(fleet);
        Assert.Equal([200], await fleet.AskAsync(count));
        return CountOf(fleet) - before;
    }

    private static int CountOf(Fleet fleet) => fleet.Endpoints[0].Requests.Count(static request => request.Contains("/app", StringComparison.Ordinal));
}

namespace Ingress.Routing.AspNetCore.Tests.Policies;

public sealed class RateLimitTests
{
    [Fact]
    public async Task Burst_ThenTheRate()
    {
        await using var site = await PolicySite.StartAsync(("rate-limit", "2/s"), ("rate-limit-burst", "3"));

        Assert.Equal([200, 200, 200, 429], await StatusesAsync(site, 4));
        site.Time.Advance(TimeSpan.FromMilliseconds(499));
        Assert.Equal([429], await StatusesAsync(site, 1));
        site.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal([200, 429], await StatusesAsync(site, 2));
        site.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal([200, 200, 200, 429], await StatusesAsync(site, 4));
    }

    [Fact]
    public async Task TwoRates_BothHold()
    {
        await using var site = await PolicySite.StartAsync(("rate-limit", "2/s, 3/m"), ("rate-limit-burst", "2, 3"));

        Assert.Equal([200, 200, 429], await StatusesAsync(site, 3));
        site.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([200, 429], await StatusesAsync(site, 2));
        site.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([429], await StatusesAsync(site, 1));
    }

    [Theory]
    [InlineData("2/s, 3/s")]
    [InlineData("2/s,")]
    [InlineData("2/s, 3/h")]
    public async Task RatesThatCannotBeRead_CloseThePaths(string rates)
    {
        await using var site = await PolicySite.StartAsync(("rate-limit", rates));

        Assert.Equal(503, await site.StatusAsync());
    }

    // A request that is refused takes nothing, so a client that tries again and again is let in as soon as one that waits.
    [Fact]
    public async Task Refusals_CostNothing()
    {
        await using var site = await PolicySite.StartAsync(("rate-limit", "1/m"));

        Assert.Equal([200, 429, 429, 429], await StatusesAsync(site, 4));
        site.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal([200], await StatusesAsync(site, 1));
    }

    [Theory]
    [InlineData("10/m", null, "6")]
    [InlineData("1/m", null, "60")]
    [InlineData("100/s", "1", "1")]
    public async Task RetryAfter_IsWhenTheNextOneIsServed(string rate, string? burst, string retryAfter)
    {
        await using var site = await PolicySite.StartAsync(("rate-limit", rate), ("rate-limit-burst", burst ?? "1"), ("rate-limit-status", "503"));
        await site.GetAsync();

        var response = await site.GetAsync();

        Assert.Equal((503, retryAfter), (response.Status, response.Headers["Retry-After"]));
        Assert.Equal("Too many requests. Try again later.\n", response.Body);
    }

    [Fact]
    public async Task Key_OfAHeader_TellsClientsApart()
    {
        await using var site = await PolicySite.StartAsync(("rate-limit", "1/m"), ("rate-limit-key", "header:X-Tenant"));

        Assert.Equal(200, await site.StatusAsync("/", "X-Tenant: a"));
        Assert.Equal(200, await site.StatusAsync("/", "X-Tenant: b"));
        Assert.Equal(429, await site.StatusAsync("/", "X-Tenant: a"));
        Assert.Equal(200, await site.StatusAsync("/"));
        Assert.Equal(429, await site.StatusAsync("/"));
    }

    [Fact]
    public async Task Key_OfTheIngress_CountsAllTogether()
    {
        await using var site = await PolicySite.StartAsync(
            PolicySite.Snapshot(("rate-limit", "1/m"), ("rate-limit-key", "ingress")), options: options => options.TrustedProxies.Add("127.0.0.0/8"));

        Assert.Equal(200, await site.StatusAsync("/", "X-Forwarded-For: 192.0.2.1"));
        Assert.Equal(429, await site.StatusAsync("/", "X-Forwarded-For: 192.0.2.2"));
    }

    [Fact]
    public async Task ClientAddress_IsWhatTrustedProxiesSay()
    {
        await using var site = await PolicySite.StartAsync(
            PolicySite.Snapshot(("rate-limit", "1/m")), options: options => options.TrustedProxies.Add("127.0.0.0/8"));

        Assert.Equal(200, await site.StatusAsync("/", "X-Forwarded-For: 192.0.2.1"));
        Assert.Equal(200, await site.StatusAsync("/", "X-Forwarded-For: 192.0.2.2"));
        Assert.Equal(429, await site.StatusAsync("/", "X-Forwarded-For: 192.0.2.9, 192.0.2.1"));
        Assert.Equal(200, await site.StatusAsync("/", "X-Forwarded-For: 2001:db8:0:1::1"));
        Assert.Equal(429, await site.StatusAsync("/", "X-Forwarded-For: 2001:db8:0:1:ffff::2"));
        Assert.Equal(200, await site.StatusAsync("/", "X-Forwarded-For: 2001:db8:0:2::1"));
    }

    [Fact]
    public async Task ClientAddress_IsNotWhatClientsSay()
    {
        await using var site = await PolicySite.StartAsync(("rate-limit", "1/m"), ("rate-limit-exempt", "192.0.2.0/24"));

        Assert.Equal(200, await site.StatusAsync("/", "X-Forwarded-For: 192.0.2.1"));
        Assert.Equal(429, await site.StatusAsync("/", "X-Forwarded-For: 192.0.2.2"));
    }

    [Theory]
    [InlineData("127.0.0.0/8", 200)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("::/0", 429)]
    [InlineData("10.0.0.0/8, 2001:db8::/32", 429)]
    public async Task ExemptNetworks_AreNotLimited(string networks, int status)
    {
        await using var site = await PolicySite.StartAsync(("rate-limit", "1/m"), ("rate-limit-exempt", networks));
        await site.GetAsync();

        Assert.Equal(status, await site.StatusAsync());
    }

    [Fact]
    public async Task Counters_SurviveAnotherChangeOfTheIngress()
    {
        await using var site = await PolicySite.StartAsync(("rate-limit", "1/m"));
        Assert.Equal(200, await site.StatusAsync());

        site.Site.Router.Publish(IngressRouteTable.Compile(PolicySite.Snapshot(("rate-limit", "1/m"), ("response-headers-set", "X-A: b"))));
        GC.Collect(); // nothing but the counters holds the limiter now

        Assert.Equal(429, await site.StatusAsync());
        site.Site.Router.Publish(IngressRouteTable.Compile(PolicySite.Snapshot(("rate-limit", "2/m"))));
        Assert.Equal(200, await site.StatusAsync());
    }

    private static async Task<List<int>> StatusesAsync(PolicySite site, int count)
    {
        var statuses = new List<int>();
        for (var i = 0; i < count; i++)
        {
            statuses.Add(await site.StatusAsync());
        }

        return statuses;
    }
}

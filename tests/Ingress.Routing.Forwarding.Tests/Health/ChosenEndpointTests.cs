using System.Globalization;
using Ingress.Routing.Forwarding.Tests.Backends;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Forwarding.Tests.Health;

/// <summary>Sessions and hashes when the endpoint that they stand for gets no requests.</summary>
public sealed class ChosenEndpointTests
{
    private static readonly EndpointHealth s_health = new()
    {
        MaxFailures = 2,
        AsideTime = TimeSpan.FromSeconds(2),
        MaxAsideTime = TimeSpan.FromHours(1),
        SlowStart = TimeSpan.Zero,
        NoticesOutliers = false,
    };

    [Theory]
    [InlineData("persistent")]
    [InlineData("balanced")]
    public async Task Session_IsServedElsewhere_AndReturnsWithTheSameCookie(string mode)
    {
        await using var fleet = await Fleet.StartAsync(
            [Named(0), Named(1), Named(2)], static options => options.Health = s_health, ("affinity-cookie", "stick"), ("affinity-mode", mode));
        var (own, cookie) = await SendAsync(fleet, null);

        fleet.Tell(own, Fleet.Reset);
        var standIns = new HashSet<int>();
        await Eventually.Holds(() => FailsAsync(fleet, cookie!), "its endpoint is set aside");
        for (var i = 0; i < 5; i++)
        {
            var (answer, renewed) = await SendAsync(fleet, cookie);
            Assert.Null(renewed);
            standIns.Add(answer);
        }

        Assert.NotEqual(own, Assert.Single(standIns));
        fleet.Tell(own, Named(own));
        await Eventually.Holds(async () => await SendAsync(fleet, cookie) == (own, null), "it returns");

        static async Task<bool> FailsAsync(Fleet fleet, string cookie)
        {
            try
            {
                await SendAsync(fleet, cookie);
                return true;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }
    }

    [Fact]
    public async Task SessionThatMovesOnFailure_StaysWhereItMoved()
    {
        await using var fleet = await Fleet.StartAsync(
            [Named(0), Named(1), Named(2)],
            static options => options.Health = s_health,
            ("affinity-cookie", "stick"),
            ("affinity-mode", "persistent"),
            ("affinity-move-on-failure", "true"));
        var (own, cookie) = await SendAsync(fleet, null);

        fleet.Tell(own, Fleet.Reset);
        var (moved, renewed) = await SendAsync(fleet, cookie); // safe to send once more

        Assert.NotEqual(own, moved);
        Assert.NotNull(renewed);
        fleet.Tell(own, Named(own));
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal((moved, null), await SendAsync(fleet, renewed));
        }
    }

    [Fact]
    public async Task Hash_MovesTheTextsOfThatEndpointAlone()
    {
        await using var fleet = await Fleet.StartAsync(
            [Named(0), Named(1), Named(2)],
            static options => options.Health = s_health with { AsideTime = TimeSpan.FromHours(1) },
            ("hash-by", "${header:X-Tenant}"));
        var before = await OwnersAsync(fleet);
        Assert.Equal([0, 1, 2], before.Values.Distinct().Order());

        fleet.Tell(1, Fleet.Reset);
        var after = await OwnersAsync(fleet); // each is sent once more until the endpoint is set aside

        Assert.All(before, pair => Assert.True(pair.Value == 1 ? after[pair.Key] != 1 : after[pair.Key] == pair.Value));
        Assert.Equal([0, 2], before.Where(static pair => pair.Value == 1).Select(pair => after[pair.Key]).Distinct().Order());
        Assert.True(fleet.HasLogged("gets no requests for 3600 s"));
        Assert.Equal(after, await OwnersAsync(fleet));
    }

    private static Func<RawConnection, Task<bool>> Named(int name) => async connection =>
    {
        await connection.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n{name}");
        return true;
    };

    private static async Task<Dictionary<int, int>> OwnersAsync(Fleet fleet)
    {
        var owners = new Dictionary<int, int>();
        for (var tenant = 0; tenant < 60; tenant++)
        {
            using var request = Site.Request();
            request.Headers.Add("X-Tenant", $"tenant {tenant}");
            using var response = await fleet.Proxy.Client.SendAsync(request).InTime();
            response.EnsureSuccessStatusCode();
            owners[tenant] = int.Parse(await response.Content.ReadAsStringAsync(), CultureInfo.InvariantCulture);
        }

        return owners;
    }

    private static async Task<(int Answer, string? Cookie)> SendAsync(Fleet fleet, string? cookie)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = fleet.Proxy.Http1 };
        using var request = Site.Request();
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        using var response = await client.SendAsync(request).InTime();
        response.EnsureSuccessStatusCode();
        return (
            int.Parse(await response.Content.ReadAsStringAsync(), CultureInfo.InvariantCulture),
            response.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.Single().Split(';')[0] : null);
    }
}

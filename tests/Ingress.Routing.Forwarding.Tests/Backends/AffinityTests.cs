using Ingress.Routing.Forwarding.Backends;
using Ingress.Routing.Model;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Forwarding.Tests.Backends;

/// <summary>Clients that stay with one endpoint.</summary>
public sealed class AffinityTests
{
    private static readonly (string, string) s_cookie = ("affinity-cookie", "stick");

    [Theory]
    [InlineData("balanced")]
    [InlineData("persistent")]
    public async Task Client_StaysWithItsEndpoint_AndIsToldOnce(string mode)
    {
        await using var a = await Backend.StartAsync("a");
        await using var b = await Backend.StartAsync("b");
        await using var c = await Backend.StartAsync("c");
        await using var proxy = await Site.StartAsync([a.Port, b.Port, c.Port], s_cookie, ("affinity-mode", mode), ("load-balancing", "round-robin"));

        var reached = new HashSet<string>();
        for (var client = 0; client < 30; client++)
        {
            var (answer, cookie) = await SendAsync(proxy, null);
            Assert.NotNull(cookie);
            reached.Add(answer);
            for (var i = 0; i < 3; i++)
            {
                Assert.Equal((answer, null), await SendAsync(proxy, cookie));
            }
        }

        Assert.Equal(3, reached.Count);
    }

    [Theory]
    [InlineData("balanced")]
    [InlineData("persistent")]
    public async Task Cookie_TellsNothingAboutTheEndpoint_AndIsHttpOnly(string mode)
    {
        await using var a = await Backend.StartAsync("a");
        await using var proxy = await Site.StartAsync([a.Port], s_cookie, ("affinity-mode", mode));

        using var request = Site.Request();
        using var response = await proxy.Client.SendAsync(request).InTime();

        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.Matches("^stick=[0-9a-f]{32}\\.[0-9a-f]{32}; Path=/app; HttpOnly$", cookie);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("0123456789abcdef0123456789abcdef.0123456789abcdef0123456789abcde")]
    [InlineData("0123456789abcdef0123456789ABCDEF.0123456789abcdef0123456789abcdef")]
    public async Task CookieThatIsNone_IsReplaced(string value)
    {
        await using var a = await Backend.StartAsync("a");
        await using var b = await Backend.StartAsync("b");
        await using var proxy = await Site.StartAsync([a.Port, b.Port], s_cookie);

        Assert.NotNull((await SendAsync(proxy, value)).Cookie);
    }

    [Fact]
    public async Task Balanced_MovesSomeSessionsToANewEndpoint_PersistentNone()
    {
        var backends = new List<Backend>();
        foreach (var name in "abcd")
        {
            backends.Add(await Backend.StartAsync(name.ToString()));
        }

        foreach (var (mode, moves) in new[] { ("balanced", true), ("persistent", false) })
        {
            (string, string)[] annotations = [s_cookie, ("affinity-mode", mode)];
            await using var proxy = await Site.StartAsync(backends.Take(3).Select(backend => backend.Port), annotations);
            var sessions = new List<(string Answer, string Cookie)>();
            for (var i = 0; i < 40; i++)
            {
                var (answer, cookie) = await SendAsync(proxy, null);
                sessions.Add((answer, cookie!));
            }

            proxy.Publish(Site.Of(backends.Select(backend => backend.Port), annotations));
            var moved = 0;
            foreach (var (answer, cookie) in sessions)
            {
                var now = await SendAsync(proxy, cookie);
                Assert.Null(now.Cookie);
                Assert.True(now.Answer == answer || now.Answer == "200 d");
                moved += now.Answer == answer ? 0 : 1;
            }

            Assert.Equal(moves, moved > 0);
            Assert.InRange(moved, 0, 25);
        }

        foreach (var backend in backends)
        {
            await backend.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("balanced")]
    [InlineData("persistent")]
    public async Task EndpointThatIsGone_HasASuccessor(string mode)
    {
        await using var a = await Backend.StartAsync("a");
        await using var b = await Backend.StartAsync("b");
        (string, string)[] annotations = [s_cookie, ("affinity-mode", mode)];
        await using var proxy = await Site.StartAsync([a.Port], annotations);
        var (_, cookie) = await SendAsync(proxy, null);

        proxy.Publish(Site.Of([b.Port], annotations));
        var (answer, next) = await SendAsync(proxy, cookie);

        Assert.Equal("200 b", answer);
        Assert.Equal(mode == "persistent", next is not null);
    }

    // Correction 24.
    [Theory]
    [InlineData("balanced", "false", 502)]
    [InlineData("balanced", "true", 200)]
    [InlineData("persistent", "false", 502)]
    [InlineData("persistent", "true", 200)]
    public async Task EndpointThatFails_LosesItsSessions_OnlyWhenTheyMay(string mode, string moves, int expected)
    {
        var failing = await Backend.StartAsync("failing");
        var ports = new List<int> { failing.Port };
        await using var a = await Backend.StartAsync("a");
        await using var b = await Backend.StartAsync("b");
        ports.AddRange([a.Port, b.Port]);
        await using var proxy = await Site.StartAsync(
            ports, s_cookie, ("affinity-mode", mode), ("affinity-move-on-failure", moves), ("retry-on", "error"), ("retry-tries", "0"));
        string? pinned = null;
        while (pinned is null)
        {
            var (first, cookie) = await SendAsync(proxy, null);
            pinned = first == "200 failing" ? cookie : null;
        }

        await failing.DisposeAsync();
        var (answer, next) = await SendAsync(proxy, pinned);

        Assert.StartsWith($"{expected}", answer, StringComparison.Ordinal);
        Assert.Equal(expected == 200, next is not null);
        if (next is not null)
        {
            Assert.Equal((answer, null), await SendAsync(proxy, next));
        }

        // New clients are fine either way.
        for (var i = 0; i < 20; i++)
        {
            var (fresh, cookie) = await SendAsync(proxy, null);
            Assert.StartsWith("200 ", fresh, StringComparison.Ordinal);
            Assert.Equal((fresh, null), await SendAsync(proxy, cookie));
        }
    }

    [Theory]
    [InlineData("sticky", 1)]
    [InlineData("none", 2)]
    public async Task Canary_PinsItsClients_UnlessItDecidesAnew(string affinity, int backends)
    {
        await using var main = await Backend.StartAsync("main");
        await using var canary = await Backend.StartAsync("canary");
        await using var proxy = await Proxy.StartAsync(new ClusterSnapshot
        {
            Ingresses =
            [
                Site.Ingress("t/a-main", "web", s_cookie),
                Site.Ingress("t/b-canary", "next", ("canary", "true"), ("canary-weight", "50"), ("canary-affinity", affinity)),
            ],
            Services = [Some.Service("t/web"), Some.Service("t/next")],
            EndpointSlices = [Cluster.Slice("t/web", main.Port), Cluster.Slice("t/next", canary.Port)],
        });

        var reached = new HashSet<string>();
        for (var client = 0; client < 12; client++)
        {
            var (answer, cookie) = await SendAsync(proxy, null);
            reached.Add(answer);
            var answers = new HashSet<string>();
            for (var i = 0; i < 30; i++)
            {
                answers.Add((await SendAsync(proxy, cookie)).Answer);
            }

            Assert.Equal(backends, answers.Count);
            Assert.Contains(answer, answers);
        }

        Assert.Equal(2, reached.Count);
    }

    [Fact]
    public async Task Canary_ThatIsGone_PinsNobody()
    {
        await using var main = await Backend.StartAsync("main");
        await using var canary = await Backend.StartAsync("canary");
        ClusterSnapshot Snapshot(params EndpointSliceResource[] slices) => new()
        {
            Ingresses =
            [
                Site.Ingress("t/a-main", "web", s_cookie), Site.Ingress("t/b-canary", "next", ("canary", "true"), ("canary-by-header", "X-Next")),
            ],
            Services = [Some.Service("t/web"), Some.Service("t/next")],
            EndpointSlices = slices,
        };
        var web = Cluster.Slice("t/web", main.Port);
        await using var proxy = await Proxy.StartAsync(Snapshot(web, Cluster.Slice("t/next", canary.Port)));
        var (first, cookie) = await SendAsync(proxy, null, ("X-Next", "always"));
        var (second, _) = await SendAsync(proxy, cookie);

        proxy.Publish(Snapshot(web));
        var (third, _) = await SendAsync(proxy, cookie);

        Assert.Equal(["200 canary", "200 canary", "200 main"], [first, second, third]);
    }

    [Fact]
    public async Task Affinity_GoesBeforeHash_AndHashBeforeAlgorithm()
    {
        await using var a = await Backend.StartAsync("a");
        await using var b = await Backend.StartAsync("b");
        await using var proxy = await Site.StartAsync([a.Port, b.Port], s_cookie, ("hash-by", "${query:user}"), ("load-balancing", "round-robin"));

        var reached = new HashSet<string>();
        for (var client = 0; client < 30; client++)
        {
            reached.Add((await SendAsync(proxy, null)).Answer);
        }

        Assert.Equal(2, reached.Count);
    }

    [Theory]
    [InlineData("stick=v; Path=/app; HttpOnly", "/app", false, null)]
    [InlineData("stick=v; Path=/app; Secure; HttpOnly", "/app", true, null)]
    [InlineData("stick=v; Path=/; HttpOnly", "/app(/|$)(.*)", false, null)]
    [InlineData("stick=v; Path=/; HttpOnly", null, false, null)]
    public void Write_Default_HasThePathOfTheRoute(string expected, string? routePath, bool isHttps, string? agent)
        => Assert.Equal(expected, SessionCookie.Write(new() { CookieName = "stick" }, "v", routePath, isHttps, agent, default));

    [Theory]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) Chrome/120.0", true)]
    [InlineData("Mozilla/5.0 Chrome/66.0", false)]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 12_4 like Mac OS X)", false)]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14_6) Version/12.1 Safari/605", false)]
    [InlineData(null, true)]
    public void Write_All_IsInTheOrderOfOthers_WithoutNoneForOldBrowsers(string? agent, bool hasNone)
    {
        var policy = new SessionAffinity
        {
            CookieName = "s",
            Path = "/x",
            Domain = "shop.test",
            MaxAge = TimeSpan.FromSeconds(60),
            Expires = TimeSpan.FromSeconds(120),
            IsSecure = true,
            SameSite = "None",
            OmitsNoneForOldBrowsers = true,
        };

        Assert.Equal(
            "s=v; Expires=Thu, 01 Jan 1970 00:02:00 GMT; Max-Age=60; Domain=shop.test; Path=/x; Secure; HttpOnly" + (hasNone ? "; SameSite=None" : ""),
            SessionCookie.Write(policy, "v", "/app", isHttps: false, agent, DateTimeOffset.UnixEpoch));
    }

    private static async Task<(string Answer, string? Cookie)> SendAsync(Proxy proxy, string? cookie, params (string Name, string Value)[] headers)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false }) { BaseAddress = proxy.Http1 };
        using var request = Site.Request();
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", $"a=b; stick={cookie}");
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using var response = await client.SendAsync(request).InTime();
        var answer = $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
        var set = response.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.Single()["stick=".Length..].Split(';')[0] : null;
        return (answer, set);
    }
}

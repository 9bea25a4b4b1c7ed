namespace Ingress.Routing.AspNetCore.Tests.Policies;

public sealed class AddressListTests
{
    [Theory]
    [InlineData("127.0.0.0/8", null, 200)]
    [InlineData("127.0.0.1", null, 200)]
    [InlineData("10.0.0.0/8, 2001:db8::/32", null, 403)]
    [InlineData(null, "127.0.0.0/8", 403)]
    [InlineData(null, "10.0.0.0/8", 200)]
    [InlineData("127.0.0.0/8", "127.0.0.1", 403)] // deny goes first
    [InlineData("127.0.0.1", "127.0.0.0/8", 403)]
    [InlineData("0.0.0.0/0", null, 200)]
    [InlineData("::/0", null, 403)]
    public async Task Client_IsLetInByItsAddress(string? allow, string? deny, int status)
    {
        (string, string?)[] all = [("allow-addresses", allow), ("deny-addresses", deny)];
        await using var site = await PolicySite.StartAsync([.. all.Where(pair => pair.Item2 is not null).Select(pair => (pair.Item1, pair.Item2!))]);

        Assert.Equal(status, await site.StatusAsync());
    }

    [Theory]
    [InlineData("192.0.2.1", 200)]
    [InlineData("192.0.2.1, 203.0.113.1", 403)]
    [InlineData("203.0.113.1, 192.0.2.1", 200)]
    [InlineData("::ffff:192.0.2.1", 200)]
    [InlineData("nonsense", 403)]
    public async Task Address_IsWhatATrustedProxySays(string forwardedFor, int status)
    {
        await using var site = await PolicySite.StartAsync(
            PolicySite.Snapshot(("allow-addresses", "192.0.2.0/24")), options: options => options.TrustedProxies.Add("127.0.0.0/8"));

        Assert.Equal(status, await site.StatusAsync("/", $"X-Forwarded-For: {forwardedFor}"));
    }

    // A client must not choose its own address.
    [Theory]
    [InlineData("X-Forwarded-For: 192.0.2.1")]
    [InlineData("X-Real-IP: 192.0.2.1")]
    [InlineData("Forwarded: for=192.0.2.1")]
    [InlineData("X_Forwarded_For: 192.0.2.1")]
    [InlineData("X-Client-IP: 192.0.2.1")]
    [InlineData("True-Client-IP: 192.0.2.1")]
    public async Task Address_IsNotWhatAClientSays(string header)
    {
        await using var site = await PolicySite.StartAsync(("allow-addresses", "192.0.2.0/24"));

        Assert.Equal(403, await site.StatusAsync("/", header));
    }

    // What protects a path protects it in every spelling.
    [Theory]
    [InlineData("/admin")]
    [InlineData("/%61dmin")]
    [InlineData("/x/../admin")]
    [InlineData("//admin")]
    [InlineData("/./admin/")]
    [InlineData("/admin%2Fx/..")]
    [InlineData("/admin?x=/open")]
    [InlineData("http://h.test/admin")]
    public async Task Path_IsProtectedHoweverItIsWritten(string target)
    {
        await using var site = await PolicySite.StartAsync(Some.Snapshot(
            Some.Ingress("t/open", [Some.Rule("h.test", Some.Prefix("/"))]),
            Some.Ingress(
                "t/admin", [Some.Rule("h.test", Some.Prefix("/admin"))], annotations: new Dictionary<string, string> { ["ingress.routing/allow-addresses"] = "192.0.2.1" })));

        var response = await site.GetAsync(target);

        Assert.True(response.Status is 403 || !response.Body.StartsWith("/admin", StringComparison.Ordinal), $"{response.Status} {response.Body}");
        Assert.Equal(200, await site.StatusAsync("/open"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("10.0.0.0/8,")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.1.2.3/8")]
    [InlineData("10.0.0.0 - 10.0.0.9")]
    [InlineData("office")]
    [InlineData("127.0.0.1; allow all")]
    public async Task TextThatIsNoList_ClosesThePaths(string text)
    {
        await using var allowing = await PolicySite.StartAsync(("allow-addresses", text));
        await using var denying = await PolicySite.StartAsync(("deny-addresses", text));

        Assert.Equal((503, 503), (await allowing.StatusAsync(), await denying.StatusAsync()));
    }

    [Fact]
    public async Task Order_RedirectsComeBefore_AndLimitsCount()
    {
        await using var redirecting = await PolicySite.StartAsync(("allow-addresses", "10.0.0.0/8"), ("redirect-target", "/new"));
        await using var limiting = await PolicySite.StartAsync(("allow-addresses", "10.0.0.0/8"), ("rate-limit", "1/m"));

        Assert.Equal(302, await redirecting.StatusAsync());
        Assert.Equal((403, 429), (await limiting.StatusAsync(), await limiting.StatusAsync()));
    }
}

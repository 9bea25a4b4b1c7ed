using System.Text;
using Ingress.Routing.Model;

namespace Ingress.Routing.AspNetCore.Tests.Policies;

public sealed class BasicAuthenticationTests
{
    private static readonly string s_slow = BCrypt.Net.BCrypt.HashPassword("swordfish", 12);

    private static ClusterSnapshot Snapshot(string users, params (string Name, string Text)[] annotations)
        => PolicySite.Snapshot([("basic-auth-secret", "users"), .. annotations]) with { Secrets = [Users(users)] };

    private static SecretResource Users(string text) => new()
    {
        Metadata = Some.Metadata("t/users"),
        Data = new Dictionary<string, ReadOnlyMemory<byte>> { ["auth"] = Encoding.UTF8.GetBytes(text) },
    };

    private static string Basic(string credentials) => $"Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))}";

    [Theory]
    [InlineData("ann:one", 200)]
    [InlineData("ann:two", 401)]
    [InlineData("ann:", 401)]
    [InlineData("ann", 401)]
    [InlineData(":one", 401)]
    [InlineData("ANN:one", 401)]
    [InlineData("nobody:one", 401)]
    [InlineData("ben:with:colon", 200)]
    [InlineData("gr\u00fcn:p\u00e4ss", 200)]
    [InlineData("gr\u00fcn:pass", 401)]
    public async Task Client_IsLetInByItsPassword(string credentials, int status)
    {
        await using var site = await PolicySite.StartAsync(Snapshot("ann:{PLAIN}one\nben:{SHA}" + Sha1("with:colon") + "\ngr\u00fcn:{PLAIN}p\u00e4ss"));

        Assert.Equal(status, await site.StatusAsync("/", Basic(credentials)));
    }

    [Fact]
    public async Task Answer_WithoutPassword_IsTheChallenge()
    {
        await using var site = await PolicySite.StartAsync(Snapshot("ann:{PLAIN}one", ("basic-auth-realm", "Staff only")));

        var response = await site.GetAsync();

        Assert.Equal(401, response.Status);
        Assert.Equal("Basic realm=\"Staff only\"", response.Headers["WWW-Authenticate"]);
        Assert.False(response.Headers.ContainsKey("X-Backend"));
    }

    // Spoofed and broken headers: nothing but one well-formed header lets in.
    [Theory]
    [InlineData("Authorization: Basic")]
    [InlineData("Authorization: Basic ")]
    [InlineData("Authorization: Basic !!!")]
    [InlineData("Authorization: Bearer YW5uOm9uZQ==")]
    [InlineData("Authorization: YW5uOm9uZQ==")]
    [InlineData("Authorization: Basic YW5uOm9uZQ==\r\nAuthorization: Basic YW5uOm9uZQ==")]
    [InlineData("Authorization_: Basic YW5uOm9uZQ==")]
    [InlineData("Proxy-Authorization: Basic YW5uOm9uZQ==")]
    [InlineData("X-Forwarded-User: ann")]
    public async Task Header_ThatIsNoPassword_LetsNoClientIn(string header)
    {
        await using var site = await PolicySite.StartAsync(Snapshot("ann:{PLAIN}one"));

        Assert.Equal(401, await site.StatusAsync("/", header));
    }

    [Theory]
    [InlineData("Authorization: basic YW5uOm9uZQ==")]
    [InlineData("Authorization: BASIC   YW5uOm9uZQ==")]
    [InlineData("Authorization: Basic YW5uOm9uZQ")] // without what fills it up, as nginx takes it
    public async Task Header_InOtherSpellings_IsRead(string header)
    {
        await using var site = await PolicySite.StartAsync(Snapshot("ann:{PLAIN}one"));

        Assert.Equal(200, await site.StatusAsync("/", header));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/%61")]
    [InlineData("//")]
    [InlineData("/a/../b")]
    [InlineData("/.well-known/acme-challenge/x")]
    [InlineData("/a%2Fb?x=1")]
    public async Task Path_InWhateverSpelling_IsProtected(string target)
    {
        await using var site = await PolicySite.StartAsync(Snapshot("ann:{PLAIN}one"));

        Assert.Equal(401, await site.StatusAsync(target));
    }

    [Fact]
    public async Task Backend_DoesNotGetThePassword()
    {
        string? seen = "none";
        await using var site = await PolicySite.StartAsync(Snapshot("ann:{PLAIN}one"), context =>
        {
            seen = context.Request.Headers.ContainsKey("Authorization") ? "something" : "nothing";
            return Task.CompletedTask;
        });

        Assert.Equal(200, await site.StatusAsync("/", Basic("ann:one")));
        Assert.Equal("nothing", seen);
    }

    [Fact]
    public async Task Secret_ThatIsMissing_ClosesThePathUntilItComes()
    {
        await using var site = await PolicySite.StartAsync(PolicySite.Snapshot(("basic-auth-secret", "users")));
        Assert.Equal(503, await site.StatusAsync("/", Basic("ann:one")));

        site.Site.Router.Publish(site.Site.Router.Current.Apply(new() { Upserted = [Users("ann:{PLAIN}one")] }));
        Assert.Equal(200, await site.StatusAsync("/", Basic("ann:one")));

        // What was remembered goes with the Secret.
        site.Site.Router.Publish(site.Site.Router.Current.Apply(new() { Upserted = [Users("ann:{PLAIN}two")] }));
        Assert.Equal(401, await site.StatusAsync("/", Basic("ann:one")));
        Assert.Equal(200, await site.StatusAsync("/", Basic("ann:two")));

        site.Site.Router.Publish(site.Site.Router.Current.Apply(new() { Removed = [new("Secret", "t", "users")] }));
        Assert.Equal(503, await site.StatusAsync("/", Basic("ann:two")));
    }

    [Fact]
    public async Task SlowHash_ThatWasVerified_IsRemembered()
    {
        await using var site = await PolicySite.StartAsync(Snapshot($"ann:{s_slow}"));
        Assert.Equal(200, await site.StatusAsync("/", Basic("ann:swordfish")));

        var watch = System.Diagnostics.Stopwatch.StartNew();
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(200, await site.StatusAsync("/", Basic("ann:swordfish")));
        }

        // Fifty times the hash would take ten seconds.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{watch.Elapsed}");
        Assert.Equal(401, await site.StatusAsync("/", Basic("ann:swordfisch")));
    }

    private static string Sha1(string text)
    {
#pragma warning disable CA5350 // a form of htpasswd
        return Convert.ToBase64String(System.Security.Cryptography.SHA1.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350
    }
}

using Ingress.Routing.Acme.Tests.Ca;
using Ingress.Routing.Acme.Tests.Support;

namespace Ingress.Routing.Acme.Tests;

/// <summary>A CA that fails in all ways: nothing is lost, and nothing is ordered twice.</summary>
public sealed class FaultTests : IDisposable
{
    private const string Host = "shop.example.test";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("directory")]
    [InlineData("new-nonce")]
    [InlineData("new-account")]
    [InlineData("new-order")]
    [InlineData("authz")]
    [InlineData("challenge")]
    [InlineData("order")]
    [InlineData("finalize")]
    [InlineData("certificate")]
    public async Task Request_FailsForAWhile_OneOrderIsEnough(string resource)
    {
        await using var ca = await TestCa.StartAsync();
        var failures = 0;
        ca.Refuse = path => path == resource && Interlocked.Increment(ref failures) <= 8 ? new(503, "serverInternal", "busy", RetryAfterSeconds: 0) : null;
        await using var site = await StartAsync(ca);

        await site.WaitForAsync(Host);

        Assert.Single(ca.Orders);
        Assert.Equal(1, ca.Issued);
        Assert.True(failures > 8);
    }

    [Fact]
    public async Task Ca_LooksLateAndIsInTroubleMeanwhile_FindsTheAnswer()
    {
        await using var ca = await TestCa.StartAsync();
        var validating = new TaskCompletionSource();
        ca.Validating = validating.Task;
        await using var site = await StartAsync(ca);
        await Eventually.TrueAsync(() => ca.Orders is [{ Authorizations: [{ Tried: not null }] }]);

        ca.Refuse = static _ => new(503, "serverInternal", "down");
        await Eventually.TrueAsync(() => site.Diagnostics.Any(static diagnostic => diagnostic.Id == "INGR223"));
        validating.SetResult();
        await Eventually.TrueAsync(() => ca.Orders[0].Authorizations[0].Status != "pending");
        ca.Refuse = static _ => null;
        await site.WaitForAsync(Host);

        Assert.Single(ca.Orders);
        await Eventually.TrueAsync(() => !Directory.EnumerateFiles(Path.Combine(_folder.Path, "challenges")).Any());
    }

    [Theory]
    [InlineData("new-account")]
    [InlineData("new-order")]
    [InlineData("challenge")]
    [InlineData("order")]
    [InlineData("authz")]
    [InlineData("finalize")]
    [InlineData("certificate")]
    public async Task Answer_IsLost_NothingIsOrderedTwice(string resource)
    {
        await using var ca = await TestCa.StartAsync();
        var lost = 0;
        ca.LoseAnswer = path => path == resource && Interlocked.Increment(ref lost) == 1;
        await using var site = await StartAsync(ca);

        await site.WaitForAsync(Host);

        Assert.Single(ca.Orders);
        Assert.Single(ca.Accounts);
        Assert.Equal(1, ca.Issued);
        Assert.True(lost >= 1);
    }

    [Fact]
    public async Task Answer_ComesTooLate_TheOrderIsFoundAgain()
    {
        await using var ca = await TestCa.StartAsync();
        var slow = 0;
        ca.Delay = path => path == "new-order" && Interlocked.Increment(ref slow) == 1 ? Task.Delay(TimeSpan.FromSeconds(3)) : Task.CompletedTask;
        await using var site = await StartAsync(ca, options =>
        {
            options.RequestTimeout = TimeSpan.FromSeconds(1);
            options.RetryDelay = TimeSpan.FromMinutes(4); // a pause of four seconds, in which the CA gets done
        });

        await site.WaitForAsync(Host);

        Assert.Single(ca.Orders);
    }

    [Theory]
    [InlineData("order")]
    [InlineData("finalize")]
    [InlineData("certificate")]
    [InlineData("challenge")]
    public async Task Process_EndsInTheMiddle_TheNextOneGoesOnWithTheSameOrder(string last)
    {
        await using var ca = await TestCa.StartAsync();
        ca.Refuse = path => path == last ? new(500, "serverInternal", "down") : null;
        await using (var first = await StartAsync(ca))
        {
            await Eventually.TrueAsync(() => ca.Requests.Contains(last));
        }

        ca.Refuse = static _ => null;
        await using var second = await StartAsync(ca);
        await second.WaitForAsync(Host);

        Assert.Single(ca.Orders);
        Assert.Equal(1, ca.Issued);
        Assert.False(Directory.EnumerateFiles(Path.Combine(_folder.Path, "orders"), "*.json").Any());
    }

    [Fact]
    public async Task Challenge_FailsOnce_TheNextKindIsTriedLater()
    {
        await using var ca = await TestCa.StartAsync();
        ca.FailValidation = authorization => authorization.Tried == "http-01";
        await using var site = await StartAsync(ca);

        await Eventually.TrueAsync(() => site.Diagnostics.Any(diagnostic
            => diagnostic.Id == "INGR216" && diagnostic.Resource?.Name == "web" && diagnostic.Message.Contains("http-01") && diagnostic.Message.Contains("told to fail")));
        await site.WaitForAsync(Host);

        Assert.Equal(["http-01", "tls-alpn-01"], ca.Orders.Select(order => order.Authorizations[0].Tried));
        await Eventually.TrueAsync(() => site.Diagnostics.All(diagnostic => diagnostic.Id != "INGR216"));
    }

    [Fact]
    public async Task Order_TurnsInvalid_IsGivenUpAndBegunAnew()
    {
        await using var ca = await TestCa.StartAsync();
        ca.ValidationDelay = TimeSpan.FromMilliseconds(500);
        await using var site = await StartAsync(ca);

        await Eventually.TrueAsync(() => ca.Orders.Count == 1);
        ca.Orders[0].IsInvalid = true;
        await site.WaitForAsync(Host);

        Assert.Equal(2, ca.Orders.Count);
    }

    [Fact]
    public async Task RateLimit_IsRespectedAndShown()
    {
        await using var ca = await TestCa.StartAsync();
        var begun = new System.Collections.Concurrent.ConcurrentQueue<long>();
        ca.Refuse = path =>
        {
            if (path != "new-order")
            {
                return null;
            }

            begun.Enqueue(Environment.TickCount64);
            return begun.Count == 1 ? new(429, "rateLimited", "too many certificates\u001b[31m already", RetryAfterSeconds: 3) : null;
        };
        await using var site = await StartAsync(ca);

        await Eventually.TrueAsync(() => site.Diagnostics.Any(diagnostic
            => diagnostic.Id == "INGR216" && diagnostic.Message.Contains("rateLimited: too many certificates [31m already", StringComparison.Ordinal)));
        await site.WaitForAsync(Host);

        Assert.True(begun.Last() - begun.First() >= 2_900, "It came too early.");
    }

    [Fact]
    public async Task Account_LostByTheCa_IsMadeAgainWithTheSameKey()
    {
        await using var ca = await TestCa.StartAsync();
        await using var site = await StartAsync(ca);
        await site.WaitForAsync(Host);
        var key = ca.Accounts.Single().Key.ToString();
        var first = site.Certificates.Certificates.Single().SerialNumber;

        ca.Forget();
        await Assert.ThrowsAsync<AcmeException>(() => site.Certificates.RevokeAsync(Host));
        File.Delete(Path.Combine(_folder.Path, "certificates", Host + ".json"));
        await site.DisposeAsync();
        await using var second = await StartAsync(ca);

        await Eventually.TrueAsync(() => second.Certificates.Certificates.Any(certificate => certificate.SerialNumber != first));
        Assert.Equal(key, Assert.Single(ca.Accounts).Key.ToString());
    }

    [Fact]
    public async Task Orders_BeyondTheLimit_WaitAlsoAfterARestart()
    {
        await using var ca = await TestCa.StartAsync();
        string[] hosts = ["a.example.test", "b.example.test", "c.example.test", "d.example.test"];
        await using (var first = await AcmeSite.StartAsync(ca, _folder.Path, AcmeSite.Hosts(hosts), options => options.MaxOrdersPerHour = 2))
        {
            await first.WaitForAsync(hosts[..2]);
            await Eventually.TrueAsync(() => first.Diagnostics.Any(static diagnostic => diagnostic.Id == "INGR222"));
        }

        await using var second = await AcmeSite.StartAsync(ca, _folder.Path, AcmeSite.Hosts(hosts), options => options.MaxOrdersPerHour = 2);
        await Eventually.TrueAsync(() => second.Diagnostics.Any(static diagnostic => diagnostic.Id == "INGR222"));

        Assert.Equal(2, ca.Orders.Count);
    }

    [Fact]
    public async Task Terms_NotAgreedTo_NothingIsOrderedAndItSaysWhy()
    {
        await using var ca = await TestCa.StartAsync();
        await using var site = await StartAsync(ca, options => options.AgreeToTermsOfService = false);

        await Eventually.TrueAsync(() => site.Diagnostics.Any(diagnostic => diagnostic.Id == "INGR223" && diagnostic.Message.Contains("/terms", StringComparison.Ordinal)));

        Assert.Empty(ca.Accounts);
    }

    private Task<AcmeSite> StartAsync(TestCa ca, Action<AcmeOptions>? options = null) => AcmeSite.StartAsync(ca, _folder.Path, AcmeSite.Hosts(Host), options);
}

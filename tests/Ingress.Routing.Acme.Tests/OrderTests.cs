using System.Security.Cryptography.X509Certificates;
using Ingress.Routing.Acme.Tests.Ca;
using Ingress.Routing.Acme.Tests.Support;

namespace Ingress.Routing.Acme.Tests;

/// <summary>From a table to certificates that are served.</summary>
public sealed class OrderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("http-01", AcmeKeyKind.EcdsaP256)]
    [InlineData("tls-alpn-01", AcmeKeyKind.EcdsaP384)]
    [InlineData("http-01", AcmeKeyKind.Rsa2048)]
    public async Task Name_WithoutSecret_GetsACertificateThatIsServed(string challenge, AcmeKeyKind kind)
    {
        await using var ca = await TestCa.StartAsync();
        ca.Offers = [challenge];
        ca.WrongNonces = 20;
        await using var site = await AcmeSite.StartAsync(ca, _folder.Path, AcmeSite.Hosts("shop.example.test", "blog.example.test"), options =>
        {
            options.KeyKind = kind;
            options.AccountKeyKind = kind;
        });

        await site.WaitForAsync("shop.example.test", "blog.example.test");

        using var served = await site.HandshakeAsync("shop.example.test");
        Assert.Equal(["shop.example.test"], served.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single().EnumerateDnsNames());
        Assert.Equal(2, ca.Orders.Count);
        Assert.All(ca.Orders, order => Assert.Equal(1, order.Finalizations));
        Assert.Equal("mailto:ops@example.test", Assert.Single(ca.Accounts).Contact);
        Assert.Empty(ca.Faults);
    }

    [Fact]
    public async Task Names_NotRoutedOrCoveredOrLeftToOthers_AreNotOrdered()
    {
        await using var ca = await TestCa.StartAsync();
        var covered = TestCertificates.Secret("shop/covered", "covered.example.test");
        var snapshot = new ClusterSnapshot
        {
            Ingresses =
            [
                Some.Ingress(
                    "shop/web",
                    [Some.Rule("shop.example.test", Some.Prefix("/")), Some.Rule("covered.example.test", Some.Prefix("/")), Some.Rule("plain.example.test", Some.Prefix("/")), Some.Rule("*.wild.example.test", Some.Prefix("/"))],
                    tls:
                    [
                        new() { Hosts = ["shop.example.test", "nobody.example.test", "*.wild.example.test"], SecretName = "missing" },
                        new() { Hosts = ["covered.example.test"], SecretName = "covered" },
                    ]),
                Some.Ingress(
                    "shop/managed",
                    [Some.Rule("managed.example.test", Some.Prefix("/"))],
                    tls: [new() { Hosts = ["managed.example.test"], SecretName = "managed" }],
                    annotations: new Dictionary<string, string> { ["cert-manager.io/cluster-issuer"] = "letsencrypt" }),
            ],
            Secrets = [covered],
        };
        await using var site = await AcmeSite.StartAsync(ca, _folder.Path, snapshot);

        await site.WaitForAsync("shop.example.test");

        Assert.Equal(["shop.example.test"], ca.Orders.SelectMany(order => order.Names));
        await Eventually.TrueAsync(() => site.Diagnostics.Any(diagnostic => diagnostic.Id == "INGR221" && diagnostic.Message.Contains("*.wild.example.test")));
    }

    [Fact]
    public async Task Names_AllRoutedAndGrouped_ShareACertificate()
    {
        await using var ca = await TestCa.StartAsync();
        var snapshot = Some.Snapshot(Some.Ingress(
            "shop/web",
            [Some.Rule("a.example.test", Some.Prefix("/")), Some.Rule("b.example.test", Some.Prefix("/")), Some.Rule("plain.example.test", Some.Prefix("/")), Some.Rule("not.example.test", Some.Prefix("/"))],
            tls: [new() { Hosts = ["b.example.test", "a.example.test"], SecretName = "missing" }]));
        await using var site = await AcmeSite.StartAsync(ca, _folder.Path, snapshot, options =>
        {
            options.Names = AcmeNameSelection.AllRouted;
            options.Grouping = AcmeGrouping.PerTlsEntry;
            options.NameFilter = static name => name != "not.example.test";
        });

        await site.WaitForAsync("a.example.test", "plain.example.test");

        Assert.Equal(["a.example.test b.example.test", "plain.example.test"], ca.Orders.Select(order => string.Join(' ', order.Names)).Order());
    }

    [Fact]
    public async Task Wildcard_WithDns_IsServedForNamesBelow()
    {
        await using var ca = await TestCa.StartAsync();
        var dns = new Dns(ca);
        await using var site = await AcmeSite.StartAsync(
            ca, _folder.Path, AcmeSite.Hosts("*.example.test"), services: services => services.AddSingleton<IDnsChallengeProvider>(dns));

        await site.WaitForAsync("*.example.test");

        using var served = await site.HandshakeAsync("any.example.test");
        Assert.Contains("*.example.test", served.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single().EnumerateDnsNames());
        Assert.Empty(ca.DnsRecords);
    }

    [Fact]
    public async Task Restart_OrdersNothing()
    {
        await using var ca = await TestCa.StartAsync();
        await using (var first = await AcmeSite.StartAsync(ca, _folder.Path, AcmeSite.Hosts("shop.example.test")))
        {
            await first.WaitForAsync("shop.example.test");
        }

        var requests = ca.Requests.Count;
        await using var second = await AcmeSite.StartAsync(ca, _folder.Path, AcmeSite.Hosts("shop.example.test"));
        using var served = await second.HandshakeAsync("shop.example.test"); // at once

        Assert.Single(ca.Orders);
        Assert.All(ca.Requests.Skip(requests), request => Assert.Equal("directory", request));
    }

    [Fact]
    public async Task ExternalAccountProfileAndChain_AreAskedFor()
    {
        await using var ca = await TestCa.StartAsync();
        ca.External = ("kid-1", "secret of the other account"u8.ToArray());
        ca.Profiles = new() { ["shortlived"] = "six days" };
        await using var site = await AcmeSite.StartAsync(ca, _folder.Path, AcmeSite.Hosts("shop.example.test"), options =>
        {
            options.ExternalAccountKeyId = "kid-1";
            options.ExternalAccountKey = "c2VjcmV0IG9mIHRoZSBvdGhlciBhY2NvdW50";
            options.Profile = "shortlived";
            options.PreferredChain = "other root";
        });

        await site.WaitForAsync("shop.example.test");

        Assert.Equal("kid-1", Assert.Single(ca.Accounts).BoundTo);
        Assert.Equal("shortlived", Assert.Single(ca.Orders).Profile);
        var kept = await File.ReadAllTextAsync(Path.Combine(_folder.Path, "certificates", "shop.example.test.json"));
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(System.Text.Json.JsonDocument.Parse(kept).RootElement.GetProperty("chain").GetString());
        Assert.Equal("CN=other root", chain[^1].Issuer);
    }

    [Fact]
    public async Task RevokeAndChangeKey_ReachTheCa()
    {
        await using var ca = await TestCa.StartAsync();
        await using var site = await AcmeSite.StartAsync(ca, _folder.Path, AcmeSite.Hosts("shop.example.test"));
        await site.WaitForAsync("shop.example.test");
        var first = site.Certificates.Certificates.Single().SerialNumber;
        var key = Assert.Single(ca.Accounts).Key.ToString();

        await site.Certificates.ChangeAccountKeyAsync();
        Assert.True(await site.Certificates.RevokeAsync("shop.example.test", 1));
        Assert.False(await site.Certificates.RevokeAsync("other.example.test"));

        await Eventually.TrueAsync(() => site.Certificates.Certificates.Any(certificate => certificate.SerialNumber != first));
        Assert.Equal([first], ca.Revoked);
        Assert.NotEqual(key, Assert.Single(ca.Accounts).Key.ToString());
        Assert.Equal(2, ca.Orders.Count);
    }

    private sealed class Dns(TestCa ca) : IDnsChallengeProvider
    {
        public Task AddRecordAsync(string recordName, string value, CancellationToken cancellationToken)
        {
            lock (ca.DnsRecords)
            {
                ca.DnsRecords.Add(recordName, value);
            }

            return Task.CompletedTask;
        }

        public Task RemoveRecordAsync(string recordName, string value, CancellationToken cancellationToken)
        {
            lock (ca.DnsRecords)
            {
                ca.DnsRecords.Remove(recordName);
            }

            return Task.CompletedTask;
        }
    }
}

using System.Diagnostics;
using Ingress.Routing.Acme.Tests.Ca;
using Ingress.Routing.Acme.Tests.Support;

namespace Ingress.Routing.Acme.Tests;

/// <summary>Certificates that end, and clocks that jump.</summary>
public sealed class RenewalTests : IDisposable
{
    private const string Host = "shop.example.test";

    private readonly TemporaryFolder _folder = new();
    private readonly ShiftedTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TwoThirdsOfTheLife_IsWhenItIsRenewed()
    {
        await using var ca = await TestCa.StartAsync();
        await using var site = await StartAsync(ca);
        await site.WaitForAsync(Host);
        var first = site.Certificates.Certificates.Single().SerialNumber;

        _time.Shift = TimeSpan.FromDays(54);
        site.Wake();
        await Task.Delay(500); // nothing is to happen; the next assertion fails if it does, however long it takes
        Assert.Single(ca.Orders);

        _time.Shift = TimeSpan.FromDays(61);
        ca.IssueDelay = TimeSpan.FromMilliseconds(300);
        site.Wake();
        await Eventually.TrueAsync(async () =>
        {
            using var served = await site.HandshakeAsync(Host);
            return served.SerialNumber != first;
        });
        Assert.Equal(2, ca.Orders.Count);
    }

    [Fact]
    public async Task Clock_JumpsBack_OrdersNothing()
    {
        await using var ca = await TestCa.StartAsync();
        await using var site = await StartAsync(ca);
        await site.WaitForAsync(Host);

        foreach (var days in (int[])[-400, 10, -1, 0])
        {
            _time.Shift = TimeSpan.FromDays(days);
            site.Wake();
            await Task.Delay(300);
            using var served = await site.HandshakeAsync(Host);
        }

        Assert.Single(ca.Orders);
    }

    [Fact]
    public async Task Certificate_NotRenewed_IsWarnedAboutAndServedToItsEnd()
    {
        await using var ca = await TestCa.StartAsync();
        await using var site = await StartAsync(ca);
        await site.WaitForAsync(Host);
        ca.Refuse = static _ => new(503, "serverInternal", "down");

        foreach (var (days, id) in ((int, string)[])[(63, "INGR217"), (84, "INGR218"), (91, "INGR219")])
        {
            _time.Shift = TimeSpan.FromDays(days);
            site.Wake();
            await Eventually.TrueAsync(
                () => site.Diagnostics.Any(diagnostic => diagnostic.Id == id && diagnostic.Resource?.Name == "web"), () => id + "\n" + string.Join('\n', site.Diagnostics));
            Assert.Single(site.Diagnostics, static diagnostic => diagnostic.Id is "INGR217" or "INGR218" or "INGR219");
            using var served = await site.HandshakeAsync(Host);
        }

        ca.Refuse = static _ => null;
        _time.Shift = TimeSpan.FromDays(85);
        await Eventually.TrueAsync(() =>
        {
            site.Wake();
            return ca.Issued == 2;
        });
        Assert.Equal(2, ca.Orders.Count);
    }

    [Fact]
    public async Task Ca_SuggestsToRenewNow_ItIsRenewedAndTheCaIsToldWhatItReplaces()
    {
        await using var ca = await TestCa.StartAsync();
        string? first = null;
        ca.RenewalWindow = certificate => certificate.SerialNumber == (first ??= certificate.SerialNumber)
            ? (DateTimeOffset.UtcNow.AddHours(-2), DateTimeOffset.UtcNow.AddHours(-1))
            : (DateTimeOffset.UtcNow.AddDays(80), DateTimeOffset.UtcNow.AddDays(81));
        await using var site = await StartAsync(ca);
        await site.WaitForAsync(Host);
        await Eventually.TrueAsync(() => ca.Requests.Contains("renewal-info"));
        Assert.Single(ca.Orders); // a certificate of today is not renewed, whatever is suggested

        _time.Shift = TimeSpan.FromDays(2);
        site.Wake();
        await Eventually.TrueAsync(() => ca.Issued == 2);

        Assert.Null(ca.Orders[0].Replaces);
        Assert.Contains('.', ca.Orders[1].Replaces!);
    }

    [Fact]
    public async Task ShortLife_UnderLoad_NoHandshakeIsLost()
    {
        await using var ca = await TestCa.StartAsync();
        ca.Lifetime = TimeSpan.FromSeconds(12);
        await using var site = await StartAsync(ca);
        await site.WaitForAsync(Host);

        var serials = new HashSet<string>();
        var (handshakes, waited) = (0, Stopwatch.StartNew());
        while (serials.Count < 2)
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(60), "It is not renewed.");
            using var served = await site.HandshakeAsync(Host);
            Assert.True(served.NotAfter > DateTime.Now, "It has ended.");
            serials.Add(served.SerialNumber);
            handshakes++;
        }

        Assert.True(handshakes > 20);
        Assert.True(ca.Orders.Count <= serials.Count + 1);
    }

    private Task<AcmeSite> StartAsync(TestCa ca)
        => AcmeSite.StartAsync(ca, _folder.Path, AcmeSite.Hosts(Host), services: services => services.AddSingleton<TimeProvider>(_time));
}

using Ingress.Routing.Acme.Orders;
using Ingress.Routing.Acme.Storage;
using Ingress.Routing.Acme.Tests.Support;

namespace Ingress.Routing.Acme.Tests;

/// <summary>Limits, waits, and clocks that were wrong when something was noted.</summary>
public sealed class LedgerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ShiftedTime _time = new();
    private readonly AcmeOptions _options = new() { MaxOrdersPerHour = 2, RetryDelay = TimeSpan.FromMinutes(5), MaxRetryDelay = TimeSpan.FromHours(1) };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Failures_EachWaitsLonger_UpToTheMost()
    {
        var ledger = await OpenAsync();
        var waits = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            await ledger.FailAsync("a", "no", null, wasInterrupted: false, default);
            waits.Add((ledger.RetryAt("a") - _time.GetUtcNow()).TotalMinutes);
        }

        Assert.InRange(waits[0], 4.4, 5.6);
        Assert.InRange(waits[1], 8.9, 11.1);
        Assert.InRange(waits[2], 17.9, 22.1);
        Assert.All(waits[5..], static wait => Assert.InRange(wait, 59, 60.1));
        Assert.Equal(8, (await OpenAsync()).FailureOf("a")!.Count);

        await ledger.SucceedAsync("a", default);
        Assert.Null((await OpenAsync()).FailureOf("a"));
    }

    [Fact]
    public async Task Failure_CaAsksForMore_ItGetsIt()
    {
        var ledger = await OpenAsync();

        await ledger.FailAsync("a", "no", TimeSpan.FromHours(30), wasInterrupted: false, default);

        Assert.InRange((ledger.RetryAt("a") - _time.GetUtcNow()).TotalHours, 29.9, 30.1);
    }

    [Fact]
    public async Task Interruption_WaitsOnlyOnceForSeconds()
    {
        var ledger = await OpenAsync();
        await ledger.FailAsync("a", "no", null, wasInterrupted: true, default);
        Assert.InRange((ledger.RetryAt("a") - _time.GetUtcNow()).TotalSeconds, 5, 10.1);

        await ledger.FailAsync("a", "no", null, wasInterrupted: true, default);
        Assert.InRange((ledger.RetryAt("a") - _time.GetUtcNow()).TotalMinutes, 8.9, 11.1);
    }

    [Fact]
    public async Task Clock_SetBack_NothingWaitsForYears()
    {
        _time.Shift = TimeSpan.FromDays(4000);
        var ledger = await OpenAsync();
        await ledger.BeginAsync(default);
        await ledger.BeginAsync(default);
        await ledger.FailAsync("a", "no", null, wasInterrupted: false, default);
        Assert.True(ledger.NextOrderAt > _time.GetUtcNow());

        _time.Shift = TimeSpan.Zero;

        Assert.True(ledger.NextOrderAt <= _time.GetUtcNow());
        Assert.True(ledger.RetryAt("a") <= _time.GetUtcNow());
    }

    private async Task<OrderLedger> OpenAsync()
    {
        var archive = new AcmeArchive(new AcmeFolder(_folder.Path));
        await archive.ReadAsync(default);
        return new(archive, _options, _time);
    }
}

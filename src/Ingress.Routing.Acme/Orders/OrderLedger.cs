using Ingress.Routing.Acme.Storage;

namespace Ingress.Routing.Acme.Orders;

/// <summary>Keeps orders within limits, over restarts: how many there were lately, and what has to wait after a failure.</summary>
internal sealed class OrderLedger(AcmeArchive archive, AcmeOptions options, TimeProvider time)
{
    private static readonly TimeSpan s_window = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_memory = TimeSpan.FromDays(7);

    // An order that was interrupted by the end of a process says nothing about the name.
    private static readonly TimeSpan s_afterInterruption = TimeSpan.FromSeconds(10);

    private volatile FailureIndex? _index;

    /// <summary>When a further order may be begun; the past when it may be now.</summary>
    public DateTimeOffset NextOrderAt
    {
        get
        {
            var recent = Recent(archive.Ledger);
            return recent.Count < options.MaxOrdersPerHour ? DateTimeOffset.MinValue : recent[recent.Count - options.MaxOrdersPerHour] + s_window;
        }
    }

    /// <summary>The last failure for some names, if they have had no success since.</summary>
    public StoredFailure? FailureOf(string id)
    {
        var (index, ledger) = (_index, archive.Ledger);
        if (index is null || !ReferenceEquals(index.Ledger, ledger))
        {
            _index = index = new(ledger, ledger.Failures.ToDictionary(static failure => failure.Id, StringComparer.Ordinal));
        }

        return index.ById.GetValueOrDefault(id);
    }

    /// <summary>When names may be tried again; the past when they may be now.</summary>
    public DateTimeOffset RetryAt(string id)
    {
        if (FailureOf(id) is not { } failure)
        {
            return DateTimeOffset.MinValue;
        }

        // A clock that was set back must not turn minutes into years.
        return failure.At > time.GetUtcNow() + TimeSpan.FromMinutes(5) ? DateTimeOffset.MinValue : failure.RetryAt;
    }

    /// <summary>Notes an order that is about to be begun.</summary>
    public Task BeginAsync(CancellationToken cancellationToken)
        => archive.ChangeLedgerAsync(ledger => ledger with { Orders = [.. Recent(ledger), time.GetUtcNow()] }, cancellationToken);

    public Task SucceedAsync(string id, CancellationToken cancellationToken) => archive.ChangeLedgerAsync(
        ledger => ledger.Failures.Any(failure => failure.Id == id) ? ledger with { Failures = [.. ledger.Failures.Where(failure => failure.Id != id)] } : ledger,
        cancellationToken);

    /// <summary>Notes a failure.</summary>
    /// <param name="retryAfter">How long the CA wants to be left alone; null when it does not say.</param>
    /// <param name="wasInterrupted">Whether the order was begun by a process that ended before it was done.</param>
    public Task FailAsync(string id, string message, TimeSpan? retryAfter, bool wasInterrupted, CancellationToken cancellationToken)
        => archive.ChangeLedgerAsync(
            ledger =>
            {
                var now = time.GetUtcNow();
                var count = 1 + (ledger.Failures.FirstOrDefault(failure => failure.Id == id)?.Count ?? 0);
                var wait = wasInterrupted && count == 1 && s_afterInterruption < options.RetryDelay ? s_afterInterruption : DelayAfter(count);
                var failure = new StoredFailure
                {
                    Id = id,
                    Count = count,
                    At = now,
                    RetryAt = now + (retryAfter > wait ? retryAfter.Value : wait),
                    Message = message,
                };
                return ledger with { Failures = [.. ledger.Failures.Where(other => other.Id != id && now - other.RetryAt < s_memory), failure] };
            },
            cancellationToken);

    private sealed record FailureIndex(StoredLedger Ledger, Dictionary<string, StoredFailure> ById);

    private TimeSpan DelayAfter(int failures)
    {
        var factor = Math.Pow(2, Math.Min(failures - 1, 30)) * (0.9 + (Random.Shared.NextDouble() * 0.2));
        return TimeSpan.FromTicks((long)Math.Min(options.RetryDelay.Ticks * factor, options.MaxRetryDelay.Ticks));
    }

    private List<DateTimeOffset> Recent(StoredLedger ledger)
    {
        var now = time.GetUtcNow();
        return [.. ledger.Orders.Where(order => (now - order).Duration() < s_window).Order()];
    }
}

using System.Collections.Concurrent;
using Ingress.Routing.Acme.Storage;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Acme.Orders;

/// <summary>Orders what is wanted and due, within limits. Used by one caller at a time; what it has begun goes on beside.</summary>
internal sealed partial class OrderDesk(
    OrderRunner runner, OrderLedger ledger, RenewalPlan renewals, AcmeArchive archive, AcmeMetrics metrics, AcmeOptions options,
    TimeProvider time, ILogger<AcmeService> logger)
{
    // What is asked for again and again is looked at this often, so that a clock that jumps is noticed soon.
    private static readonly TimeSpan s_lookAgain = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan s_oldOrder = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_oldCertificate = TimeSpan.FromDays(7);

    private readonly ConcurrentDictionary<string, Task> _running = new(StringComparer.Ordinal);
    private readonly CaPause _pause = new(options, time);
    private volatile CertificateIndex? _index;

    /// <summary>Why the CA is left alone for now; null when it is not.</summary>
    public string? Trouble => _pause.Reason;

    /// <summary>Whether something waits because too much was ordered lately.</summary>
    public bool IsLimited { get; private set; }

    /// <summary>The certificate that some names have and that is to be renewed in time; null when they have none from this CA.</summary>
    public KeptCertificate? CertificateOf(WantedCertificate wanted) => Index()[wanted.Names[0]]
        .Where(certificate => certificate.Chain.Covers(wanted.Names))
        .MaxBy(static certificate => certificate.Chain.NotAfter);

    /// <summary>Begins what is due.</summary>
    /// <param name="changed">Is called when something was finished.</param>
    /// <returns>How long nothing else will be due.</returns>
    public async Task<TimeSpan> WorkAsync(IReadOnlyList<WantedCertificate> wanted, Action changed, CancellationToken cancellationToken)
    {
        await AskAboutRenewalAsync(wanted, cancellationToken).ConfigureAwait(false);
        var now = time.GetUtcNow();
        var next = now + s_lookAgain;
        IsLimited = false;
        foreach (var (item, certificate, due) in Agenda(wanted))
        {
            if (_running.ContainsKey(item.Id))
            {
                continue;
            }

            var begins = Later(due, _pause.Until);
            if (begins <= now && runner.Pending(item) is null && ledger.NextOrderAt is var free && free > now)
            {
                IsLimited = true;
                begins = free;
            }

            if (begins > now)
            {
                next = begins < next ? begins : next;
                continue;
            }

            if (_running.Count >= options.MaxConcurrentOrders)
            {
                break; // the end of one of them calls back
            }

            await BeginAsync(item, certificate, changed, cancellationToken).ConfigureAwait(false);
        }

        await TidyUpAsync(wanted, now, cancellationToken).ConfigureAwait(false);
        return next - now;
    }

    /// <summary>Waits for what was begun.</summary>
    public Task WaitAsync() => Task.WhenAll(_running.Values);

    // Names without a certificate first, then those whose certificate ends first. What fails again and again comes last, or a tenant with many hosts
    // that lead nowhere could use the limits up before anything is renewed.
    private IEnumerable<(WantedCertificate Wanted, KeptCertificate? Certificate, DateTimeOffset Due)> Agenda(IReadOnlyList<WantedCertificate> wanted)
        => wanted
            .Select(item => (Wanted: item, Certificate: CertificateOf(item)))
            .OrderBy(item => ledger.FailureOf(item.Wanted.Id)?.Count ?? 0)
            .ThenBy(static item => item.Certificate?.Chain.NotAfter ?? DateTimeOffset.MinValue)
            .ThenBy(static item => item.Wanted.Id, StringComparer.Ordinal)
            .Select(item => (item.Wanted, item.Certificate, Later(ledger.RetryAt(item.Wanted.Id), DueAt(item.Certificate))));

    // Ten thousand names must not be looked for in ten thousand certificates.
    private ILookup<string, KeptCertificate> Index()
    {
        var (index, certificates) = (_index, archive.Certificates);
        if (index is null || !ReferenceEquals(index.Certificates, certificates))
        {
            _index = index = new(certificates, certificates.Values
                .Where(certificate => certificate.Stored.Directory == options.Directory.AbsoluteUri)
                .SelectMany(static certificate => certificate.Chain.Names, static (certificate, name) => (name, certificate))
                .ToLookup(static pair => pair.name, static pair => pair.certificate, StringComparer.Ordinal));
        }

        return index.ByName;
    }

    private DateTimeOffset DueAt(KeptCertificate? certificate)
        => certificate is null ? DateTimeOffset.MinValue : renewals.RenewAt(certificate);

    private async Task BeginAsync(WantedCertificate wanted, KeptCertificate? replaces, Action changed, CancellationToken cancellationToken)
    {
        var taken = runner.Pending(wanted);
        if (taken?.Url is null)
        {
            await ledger.BeginAsync(cancellationToken).ConfigureAwait(false); // an order too many is counted rather than one too few
            metrics.Begun();
        }

        // Not before it is noted, or one that fails at once would be noted as running after its end, and forever.
        var noted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _running[wanted.Id] = Task.Run(
            async () =>
            {
                await noted.Task.ConfigureAwait(false);
                try
                {
                    await RunAsync(wanted, replaces, wasInterrupted: taken is not null, cancellationToken).ConfigureAwait(false);
                }
                finally
                {
                    _running.TryRemove(wanted.Id, out _);
                    changed();
                }
            },
            CancellationToken.None);
        noted.SetResult();
    }

    private async Task RunAsync(WantedCertificate wanted, KeptCertificate? replaces, bool wasInterrupted, CancellationToken cancellationToken)
    {
        try
        {
            var failures = ledger.FailureOf(wanted.Id)?.Count ?? 0;
            var certificate = await runner.RunAsync(wanted, replaces, failures, cancellationToken).ConfigureAwait(false);
            _pause.End();
            metrics.Issued();
            Log.Issued(logger, string.Join(", ", wanted.Names), archive.Certificates[wanted.Id].Chain.NotAfter.UtcDateTime, certificate.Directory);
            await ledger.SucceedAsync(wanted.Id, cancellationToken).ConfigureAwait(false);
        }
        catch (OrderFailedException exception)
        {
            await FailAsync(wanted, exception.Message, exception.RetryAfter, wasInterrupted, cancellationToken).ConfigureAwait(false);
        }
        catch (AcmeException exception) when (exception.IsTrouble)
        {
            _pause.Begin(exception);
            metrics.Failed("ca");
            Log.Trouble(logger, exception.Message, _pause.Until.UtcDateTime);
        }
        catch (AcmeException exception)
        {
            await FailAsync(wanted, $"The CA refuses: {exception.Message}", exception.RetryAfter, wasInterrupted: false, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Taken up again by whoever orders next.
        }
        catch (IOException exception)
        {
            _pause.Begin(new AcmeException($"What has to be kept cannot be written: {exception.Message}", exception));
            metrics.Failed("storage");
            Log.NotKept(logger, exception.Message);
        }
        catch (Exception exception)
        {
            await FailAsync(wanted, $"An unforeseen failure: {exception.GetType().Name}.", null, wasInterrupted: false, cancellationToken).ConfigureAwait(false);
            Log.Unforeseen(logger, string.Join(", ", wanted.Names), exception);
        }
    }

    private async Task FailAsync(WantedCertificate wanted, string message, TimeSpan? retryAfter, bool wasInterrupted, CancellationToken cancellationToken)
    {
        _pause.End(); // it has answered
        metrics.Failed("order");
        try
        {
            await ledger.FailAsync(wanted.Id, message, retryAfter, wasInterrupted, cancellationToken).ConfigureAwait(false);
            Log.Failed(logger, string.Join(", ", wanted.Names), message, ledger.RetryAt(wanted.Id).UtcDateTime);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // What cannot be noted must not be tried again at once.
            _pause.Begin(new AcmeException("What has failed cannot be written down.", exception));
        }
    }

    private async Task AskAboutRenewalAsync(IReadOnlyList<WantedCertificate> wanted, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var certificates = wanted.Select(CertificateOf).OfType<KeptCertificate>().Distinct().ToList();
        renewals.Keep(certificates);
        if (_pause.Until > now)
        {
            return;
        }

        // Some at a time, so that orders do not wait for a long list. A CA that hangs is asked once.
        foreach (var certificate in certificates.Where(certificate => renewals.AskAt(certificate) <= now).Take(20))
        {
            await renewals.AskAsync(certificate, cancellationToken).ConfigureAwait(false);
            if (time.GetUtcNow() - now > TimeSpan.FromSeconds(5))
            {
                break;
            }
        }
    }

    private async Task TidyUpAsync(IReadOnlyList<WantedCertificate> wanted, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = wanted.Select(static item => item.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var (id, order) in archive.Orders.Where(order => !ids.Contains(order.Key) && !_running.ContainsKey(order.Key)).ToList())
        {
            if ((now - order.StartedAt).Duration() > s_oldOrder)
            {
                await archive.DeleteAsync(AcmeItemKind.Order, id, cancellationToken).ConfigureAwait(false);
            }
        }

        // Left by a process that ended between keeping the certificate and forgetting the order.
        foreach (var item in wanted.Where(item => !_running.ContainsKey(item.Id) && archive.Orders.ContainsKey(item.Id)))
        {
            if (CertificateOf(item) is { } certificate && certificate.Stored.Key == archive.Orders[item.Id].Key)
            {
                await archive.DeleteAsync(AcmeItemKind.Order, item.Id, cancellationToken).ConfigureAwait(false);
            }
        }

        foreach (var certificate in archive.Certificates.Values.Where(certificate => !ids.Contains(certificate.Id) && now - certificate.Chain.NotAfter > s_oldCertificate).ToList())
        {
            await archive.DeleteAsync(AcmeItemKind.Certificate, certificate.Id, cancellationToken).ConfigureAwait(false);
        }

        foreach (var (name, _) in archive.Challenges.Where(challenge => challenge.Value.Until < now).ToList())
        {
            await archive.DeleteAsync(AcmeItemKind.Challenge, name, cancellationToken).ConfigureAwait(false);
        }
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private sealed record CertificateIndex(IReadOnlyDictionary<string, KeptCertificate> Certificates, ILookup<string, KeptCertificate> ByName);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "A certificate for '{Names}' was issued by '{Directory}'; it is valid until {NotAfter:u}.", EventName = "Issued")]
        public static partial void Issued(ILogger logger, string names, DateTime notAfter, string directory);

        [LoggerMessage(2, LogLevel.Warning, "No certificate for '{Names}': {Problem} It is tried again at {RetryAt:u}.", EventName = "OrderFailed")]
        public static partial void Failed(ILogger logger, string names, string problem, DateTime retryAt);

        [LoggerMessage(3, LogLevel.Warning, "The CA is left alone until {Until:u}: {Problem}", EventName = "CaTrouble")]
        public static partial void Trouble(ILogger logger, string problem, DateTime until);

        [LoggerMessage(4, LogLevel.Error, "The storage for certificates cannot be written: {Problem}", EventName = "StorageTrouble")]
        public static partial void NotKept(ILogger logger, string problem);

        [LoggerMessage(5, LogLevel.Error, "No certificate for '{Names}': an unforeseen failure.", EventName = "Unforeseen")]
        public static partial void Unforeseen(ILogger logger, string names, Exception exception);
    }
}

using Ingress.Routing.Acme.Orders;
using Ingress.Routing.Acme.Serving;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Acme;

/// <summary>Serves what is kept, and orders what is wanted as long as it has the right to.</summary>
internal sealed partial class AcmeService : BackgroundService, IAcmeCertificates
{
    private static readonly TimeSpan s_tryLease = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_afterFailure = TimeSpan.FromSeconds(10);

    // A table with very many routes takes some milliseconds to look through, and may change many times in a second.
    private static readonly TimeSpan s_rest = TimeSpan.FromMilliseconds(200);

    private readonly AcmeParts _parts;
    private readonly IngressRouter _router;
    private readonly TimeProvider _time;
    private readonly ILogger<AcmeService> _logger;
    private readonly Signal _wake;
    private bool _isFollowing;

    public AcmeService(AcmeParts parts, IngressRouter router, TimeProvider time, ILogger<AcmeService> logger)
    {
        (_parts, _router, _time, _logger) = (parts, router, time, logger);
        _wake = new(time);
    }

    public IReadOnlyList<AcmeCertificate> Certificates
        => [.. _parts.Archive.Certificates.Values.OrderBy(static certificate => certificate.Chain.NotAfter).Select(AcmeCertificate.Of)];

    /// <inheritdoc />
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Before the first handshake: what was issued is served at once.
        await TryReadAsync(cancellationToken).ConfigureAwait(false);
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task<bool> RevokeAsync(string name, int? reason = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (_parts.Served.Find(name.ToLowerInvariant()) is not { } certificate)
        {
            return false;
        }

        var account = await _parts.Accounts.GetAsync(cancellationToken).ConfigureAwait(false);
        using var read = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(certificate.Stored.Chain);
        try
        {
            await _parts.Client.RevokeAsync(account, read.RawData, reason, cancellationToken).ConfigureAwait(false);
        }
        catch (AcmeException exception) when (exception.Is("alreadyRevoked"))
        {
            // Then only the rest is left to do.
        }

        await _parts.Archive.DeleteAsync(AcmeItemKind.Certificate, certificate.Id, cancellationToken).ConfigureAwait(false);
        _wake.Set();
        return true;
    }

    public Task ChangeAccountKeyAsync(CancellationToken cancellationToken = default) => _parts.Accounts.ChangeKeyAsync(cancellationToken);

    public override void Dispose()
    {
        _parts.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var listening = _router.OnPublished(_ => _wake.Set());
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var lease = await _parts.Storage.TryAcquireAsync(stoppingToken).ConfigureAwait(false);
                if (lease is null)
                {
                    await FollowAsync(stoppingToken).ConfigureAwait(false);
                }
                else
                {
                    using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lease.Lost);
                    await LeadAsync(either.Token).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException)
            {
                // The end, or the right to order is lost.
            }
            catch (AcmeStorageException exception)
            {
                Log.NotRead(_logger, exception.Message);
                await Task.Delay(s_afterFailure, _time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception exception)
            {
                Log.Failed(_logger, exception);
                await Task.Delay(s_afterFailure, _time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task LeadAsync(CancellationToken leading)
    {
        // Ends what was begun also when this fails.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(leading);
        var cancellationToken = ending.Token;
        _isFollowing = false;

        // Another process may have had it until now.
        _parts.Accounts.Forget();
        await ReadAsync(cancellationToken).ConfigureAwait(false);
        Log.Leads(_logger);
        try
        {
            while (true)
            {
                // Before the first table nothing is known to be wanted, or not.
                var wait = TimeSpan.FromSeconds(30);
                if (_router.HasPublished)
                {
                    var wanted = _parts.Names.Of(_router.Current, out var refused);
                    wait = await _parts.Desk.WorkAsync(wanted, _wake.Set, cancellationToken).ConfigureAwait(false);
                    Show(wanted, refused);
                }

                _parts.Answers.RemoveOld();

                await _wake.WaitAsync(wait, cancellationToken).ConfigureAwait(false);
                await Task.Delay(s_rest, _time, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await _parts.Desk.WaitAsync().ConfigureAwait(false);
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        // Read once, and then only when something has changed: there may be thousands of certificates.
        if (!_isFollowing)
        {
            await ReadAsync(cancellationToken).ConfigureAwait(false);
            _isFollowing = true;
        }

        if (_router.HasPublished)
        {
            Show(_parts.Names.Of(_router.Current, out var refused), refused);
        }

        using var limit = new CancellationTokenSource(s_tryLease, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _parts.Storage.WaitForChangeAsync(either.Token).ConfigureAwait(false);
            _isFollowing = false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Time to see whether the right to order is free.
        }
    }

    private async Task TryReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            Log.NotRead(_logger, exception.Message);
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        await _parts.Archive.ReadAsync(cancellationToken).ConfigureAwait(false);
        var now = _time.GetUtcNow();
        _parts.Answers.Replace([.. _parts.Archive.Challenges.Values.Where(challenge => challenge.Until > now)]);
    }

    private void Show(List<WantedCertificate> wanted, List<WantedCertificate> refused)
    {
        var now = _time.GetUtcNow();
        var names = wanted.Select(item =>
        {
            var certificate = _parts.Desk.CertificateOf(item);
            return (Wanted: item, Certificate: certificate, Standing: FindingsBuilder.StandingOf(certificate, certificate is null ? now : _parts.Renewals.RenewAt(certificate), now));
        }).ToList();
        _parts.Metrics.Show([.. names.SelectMany(static item => item.Wanted.Names, static (item, name) => (name, item.Certificate?.Chain.NotAfter, item.Standing))]);
        _parts.Findings.Replace(_parts.Builder.Build(names, refused, _parts.Desk.Trouble, _parts.Desk.IsLimited));
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Certificates cannot be looked after; it is tried again.", EventName = "AcmeFailed")]
        public static partial void Failed(ILogger logger, Exception exception);

        [LoggerMessage(2, LogLevel.Debug, "This process orders certificates.", EventName = "AcmeLeads")]
        public static partial void Leads(ILogger logger);

        [LoggerMessage(3, LogLevel.Error, "The certificates that were issued cannot be read: {Problem}", EventName = "AcmeNotRead")]
        public static partial void NotRead(ILogger logger, string problem);
    }
}

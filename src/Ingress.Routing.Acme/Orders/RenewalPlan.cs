using System.Collections.Concurrent;
using Ingress.Routing.Acme.Protocol;
using Ingress.Routing.Acme.Storage;

namespace Ingress.Routing.Acme.Orders;

/// <summary>Says when a certificate is to be renewed: when the CA suggests it (RFC 9773), else at about two thirds of its life. Thread-safe.</summary>
internal sealed class RenewalPlan(AcmeClient client, TimeProvider time)
{
    private static readonly TimeSpan s_askAgain = TimeSpan.FromHours(6);
    private static readonly TimeSpan s_soonest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_latest = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_earliest = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_afterFailure = TimeSpan.FromMinutes(30);

    // By serial number: what the CA says is about one certificate, and not about the next one of the same names.
    private readonly ConcurrentDictionary<string, Answer> _answers = new(StringComparer.Ordinal);

    /// <summary>When to renew.</summary>
    public DateTimeOffset RenewAt(KeptCertificate certificate)
    {
        var chain = certificate.Chain;
        var window = _answers.GetValueOrDefault(chain.SerialNumber)?.Window;
        if (window is null)
        {
            return chain.NotAfter - (certificate.Lifetime / 3) - (certificate.Lifetime * (certificate.Spread / 20));
        }

        // Not in the first day or tenth of its life, or a CA that always suggests the past would have it renewed again and again; and no later than
        // in the last tenth.
        var suggested = window.Start + ((window.End - window.Start) * certificate.Spread);
        var tenth = certificate.Lifetime / 10;
        var first = chain.NotBefore + (tenth < s_earliest ? tenth : s_earliest);
        var last = chain.NotAfter - tenth;
        return suggested < first ? first : suggested < last ? suggested : last;
    }

    /// <summary>When the CA is to be asked about a certificate.</summary>
    public DateTimeOffset AskAt(KeptCertificate certificate)
    {
        // A clock that was set back must not make it wait for long.
        var at = _answers.GetValueOrDefault(certificate.Chain.SerialNumber)?.AskAt ?? DateTimeOffset.MinValue;
        return at > time.GetUtcNow() + s_latest ? DateTimeOffset.MinValue : at;
    }

    /// <summary>Asks the CA about a certificate. A failure changes nothing but when it is asked next.</summary>
    public async Task AskAsync(KeptCertificate certificate, CancellationToken cancellationToken)
    {
        var serialNumber = certificate.Chain.SerialNumber;
        if (certificate.Chain.RenewalId is not { } id)
        {
            _answers[serialNumber] = new(null, time.GetUtcNow() + s_latest);
            return;
        }

        try
        {
            var (window, retryAfter) = await client.GetRenewalInfoAsync(id, cancellationToken).ConfigureAwait(false);
            var wait = retryAfter ?? s_askAgain;
            _answers[serialNumber] = new(window, time.GetUtcNow() + (wait < s_soonest ? s_soonest : wait > s_latest ? s_latest : wait));
        }
        catch (AcmeException)
        {
            _answers[serialNumber] = new(_answers.GetValueOrDefault(serialNumber)?.Window, time.GetUtcNow() + s_afterFailure);
        }
    }

    /// <summary>Forgets what is about other certificates than these.</summary>
    public void Keep(IEnumerable<KeptCertificate> certificates)
    {
        var kept = certificates.Select(static certificate => certificate.Chain.SerialNumber).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in _answers.Keys.Where(serialNumber => !kept.Contains(serialNumber)))
        {
            _answers.TryRemove(gone, out _);
        }
    }

    private sealed record Answer(RenewalWindow? Window, DateTimeOffset AskAt);
}

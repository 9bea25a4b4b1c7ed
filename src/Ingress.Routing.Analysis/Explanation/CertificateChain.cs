using System.Globalization;
using Ingress.Routing.Compilation;
using Ingress.Routing.Matching;
using Ingress.Routing.Model;
using Ingress.Routing.Tls;

namespace Ingress.Routing.Explanation;

/// <summary>Walks the TLS entries for a server name, step by step (D17).</summary>
internal sealed class CertificateChain
{
    private readonly RouteTableOptions _options;
    private readonly ObjectSet<SecretResource> _secrets;
    private readonly List<(IngressResource Ingress, IngressTls Tls, int Index)> _entries;
    private readonly List<CertificateClaim> _claims = [];
    private bool _isDecided;
    private TlsCertificate? _chosen;

    // The walk of clients that verify the other kind of keys alone goes on behind the claim that decides (D24).
    private bool _isOtherDecided;
    private TlsCertificate? _otherChosen;

    /// <param name="served">The served Ingresses, oldest first.</param>
    public CertificateChain(IngressRouteTable table, IEnumerable<IngressResource> served)
    {
        _options = table.Options;
        _secrets = table.Objects.Secrets;
        _entries = [.. served.SelectMany(static ingress => ingress.Tls.Select((tls, index) => (ingress, tls, index)))];
    }

    public CertificateExplanation Walk(string serverName)
    {
        if (!ServerName.TryRead(serverName, out var read))
        {
            return Conclude(
                null, [], serverName.Length == 0 ? "The client sends no server name" : $"'{serverName}' is no host name and counts as none");
        }

        var name = read.Text.ToString().ToLowerInvariant();
        foreach (var host in new[] { name, string.Join('.', name.Split('.').Skip(1).Prepend("*")) })
        {
            // Explicit entries before the names of certificates, whatever their age (D17, step 3).
            foreach (var (ingress, tls, index) in _entries.Where(entry => entry.Tls.Hosts.Contains(host)))
            {
                Evaluate(ingress, $"spec.tls[{index}].hosts[{tls.Hosts.ToList().IndexOf(host)}]", host, tls, name);
            }

            foreach (var (ingress, tls, index) in _entries.Where(entry => entry.Tls.Hosts.Count == 0 && NamesOf(entry).Contains(host)))
            {
                Evaluate(ingress, $"spec.tls[{index}]", host, tls, name);
            }
        }

        return Conclude(
            name,
            Steps(serverName, name),
            _claims.Count == 0 ? $"No TLS entry is for '{name}'" : $"No TLS entry for '{name}' has a usable certificate");
    }

    private static IReadOnlyList<CanonicalizationStep> Steps(string received, string canonical)
    {
        var trail = new StepTrail(received);
        trail.Apply(CanonicalizationRule.UnicodeEncoded, Ascii(received));
        trail.Apply(CanonicalizationRule.TrailingDotRemoved, trail.Text.EndsWith('.') ? trail.Text[..^1] : trail.Text);
        trail.Apply(CanonicalizationRule.LowerCased, canonical);
        return trail.Steps;
    }

    private static string Ascii(string text) => System.Text.Ascii.IsValid(text) ? text : new IdnMapping().GetAscii(text);

    private IReadOnlyList<string> NamesOf((IngressResource Ingress, IngressTls Tls, int Index) entry)
        => SecretOf(entry.Ingress, entry.Tls) is { } secret && _secrets.Find(secret) is { } found
            ? found.Read().Certificate?.DnsNames ?? []
            : [];

    private static NamespacedName? SecretOf(IngressResource ingress, IngressTls tls)
        => string.IsNullOrEmpty(tls.SecretName) ? null : new NamespacedName(ingress.Name.Namespace, tls.SecretName);

    private void Evaluate(IngressResource ingress, string field, string host, IngressTls tls, string name)
    {
        var secret = SecretOf(ingress, tls);
        var (outcome, message) = _isDecided ? EvaluateForOtherKind(secret, name) : EvaluateForAll(secret, name);
        _claims.Add(new()
        {
            Ingress = ingress.Name,
            Field = field,
            Host = host,
            Secret = secret,
            Outcome = outcome,
            Location = ingress.Origin?.Locate(field),
            Message = message,
        });
    }

    private (CertificateClaimOutcome Outcome, string Message) EvaluateForAll(NamespacedName? secret, string name)
    {
        if (secret is not { } named)
        {
            _isDecided = _isOtherDecided = true;
            return (CertificateClaimOutcome.Chosen, "It names no Secret, and so asks for the default certificate.");
        }

        var (outcome, message) = EvaluateSecret(named, name, out var certificate);
        _isDecided = outcome == CertificateClaimOutcome.Chosen;
        _chosen = _isDecided ? certificate : null;
        return (outcome, message);
    }

    private (CertificateClaimOutcome Outcome, string Message) EvaluateForOtherKind(NamespacedName? secret, string name)
    {
        var notReached = (CertificateClaimOutcome.NotReached, "An entry that goes first decides.");
        if (_isOtherDecided)
        {
            return notReached;
        }

        TlsCertificate? certificate;
        if (secret is { } named)
        {
            if (EvaluateSecret(named, name, out certificate).Outcome != CertificateClaimOutcome.Chosen || certificate!.KeyKind == _chosen!.KeyKind)
            {
                return notReached;
            }
        }
        else
        {
            certificate = Fallback();
        }

        _isOtherDecided = true;
        if (certificate is null || certificate.KeyKind == _chosen!.KeyKind)
        {
            return notReached;
        }

        _otherChosen = certificate;
        return (
            CertificateClaimOutcome.ChosenForOtherKeyKind,
            $"An entry that goes first decides, but clients that verify {WordFor(certificate.KeyKind)} keys alone get this certificate.");
    }

    private (CertificateClaimOutcome Outcome, string Message) EvaluateSecret(NamespacedName name, string serverName, out TlsCertificate? certificate)
    {
        certificate = null;
        if (_secrets.Find(name) is not { } secret)
        {
            return (CertificateClaimOutcome.SecretNotFound, $"There is no Secret '{name}' with a certificate.");
        }

        certificate = secret.Read().Certificate;
        if (certificate is null)
        {
            return (CertificateClaimOutcome.SecretUnusable, $"The Secret '{name}' {secret.Read().Problem}.");
        }

        if (!RequestHost.TryReadName(serverName, out var read) || !certificate.Names.Cover(read))
        {
            return (
                CertificateClaimOutcome.DoesNotCover,
                $"The certificate of Secret '{name}' is for {ListOf(certificate.DnsNames)}, not for '{serverName}'.");
        }

        var kept = secret.Read().Problem is { } problem ? $" It is that of an earlier version, because the Secret {problem}." : "";
        return (CertificateClaimOutcome.Chosen, $"It is the first whose certificate covers '{serverName}'.{kept}");
    }

    private CertificateExplanation Conclude(string? name, IReadOnlyList<CanonicalizationStep> steps, string otherwise)
    {
        var fallback = Fallback();
        var why = _isDecided ? "The entry asks for the default certificate" : otherwise;
        var (outcome, message) = (_chosen, fallback) switch
        {
            ({ } chosen, _) => (CertificateOutcome.OfEntry, $"The certificate of Secret '{chosen.Secret.Name}'{Validity(chosen)}."),
            (_, { } common) => (CertificateOutcome.Default, $"{why}: the default certificate, of Secret '{common.Secret.Name}'{Validity(common)}."),
            _ => (CertificateOutcome.Refused, $"{why}, and there is no default certificate: the handshake is refused."),
        };
        // The default certificate is the end of each walk (D17, step 4).
        var other = _otherChosen ?? (_chosen is not null && !_isOtherDecided && fallback?.KeyKind != _chosen.KeyKind ? fallback : null);
        return new()
        {
            ServerName = name,
            Steps = steps,
            Claims = _claims,
            Outcome = outcome,
            Certificate = _chosen ?? fallback,
            CertificateOfOtherKeyKind = other,
            Message = other is null
                ? message
                : $"{message} Clients that verify {WordFor(other.KeyKind)} keys alone get that of Secret '{other.Secret.Name}'{Validity(other)}.",
        };
    }

    private static string WordFor(CertificateKeyKinds kind) => kind == CertificateKeyKinds.Rsa ? "RSA" : "ECDSA";

    private TlsCertificate? Fallback()
        => _options.DefaultCertificate is { } secret && _secrets.Find(secret) is { } found ? found.Read().Certificate : null;

    // Expired ones are served all the same (semantics 11.5). Without a time the table does not say.
    private string Validity(TlsCertificate certificate)
        => _options.CertificatesEvaluatedAt > certificate.NotAfter
            ? $", which expired at {certificate.NotAfter.UtcDateTime:u} and is served all the same"
            : $", valid until {certificate.NotAfter.UtcDateTime:u}";

    private static string ListOf(IReadOnlyList<string> names)
        => names.Count == 0 ? "no DNS name" : string.Join(", ", names.Select(static name => $"'{name}'"));
}

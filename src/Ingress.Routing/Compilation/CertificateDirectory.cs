using System.Collections.Immutable;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Matching;
using Ingress.Routing.Model;
using Ingress.Routing.Tls;

namespace Ingress.Routing.Compilation;

/// <summary>Who claims the certificate of which host, and what came of it (D17). Immutable.</summary>
internal sealed class CertificateDirectory
{
    public static readonly CertificateDirectory Empty = new([], HostTable<CertificateBucket>.Empty, default, null, DateTimeOffset.MaxValue);

    private readonly ImmutableDictionary<string, TlsClaim[]> _claims;
    private readonly HostTable<CertificateBucket> _buckets;
    private readonly KeyKindCounts _keyKinds;

    // No certificate expires or becomes valid between the time of evaluation and this one; it may be too early, never too late.
    private readonly DateTimeOffset _nextExpiry;

    private readonly TlsCertificate? _defaultCertificate;

    private CertificateDirectory(
        ImmutableDictionary<string, TlsClaim[]> claims,
        HostTable<CertificateBucket> buckets,
        KeyKindCounts keyKinds,
        TlsCertificate? defaultCertificate,
        DateTimeOffset nextExpiry)
    {
        _claims = claims;
        _buckets = buckets;
        _keyKinds = keyKinds;
        _nextExpiry = nextExpiry;
        _defaultCertificate = defaultCertificate;
        Selector = new(buckets, defaultCertificate, keyKinds);
    }

    public CertificateSelector Selector { get; }

    /// <summary>All certificates that are claimed for a host, and the default one; some more than once.</summary>
    public IEnumerable<TlsCertificate> Claimed
        => _claims.Values.SelectMany(static claims => claims).Select(static claim => claim.Certificate).Append(_defaultCertificate).OfType<TlsCertificate>();

    /// <summary>The directory after a change.</summary>
    /// <param name="before">The Secrets before it.</param>
    /// <param name="ceased">The changed Ingresses, as they were.</param>
    /// <param name="served">The changed Ingresses that are served now.</param>
    /// <param name="changes">What is different.</param>
    /// <param name="stale">The Ingresses that stay, and may claim something else because a Secret of theirs has changed.</param>
    /// <param name="touched">Receives the objects about which something else may be reported now.</param>
    public CertificateDirectory With(
        ObjectSet<SecretResource> before,
        ClusterObjects objects,
        IReadOnlyCollection<IngressResource> ceased,
        IReadOnlyCollection<IngressResource> served,
        ClusterObjectChanges changes,
        IReadOnlyCollection<IngressResource> stale,
        RouteTableOptions options,
        ICollection<ResourceReference> touched)
    {
        var gone = new HashSet<IngressResource>(ceased.Where(static ingress => ingress.Tls.Count > 0), ReferenceEqualityComparer.Instance);
        var begun = served.Where(static ingress => ingress.Tls.Count > 0).ToList();
        var isOverdue = options.CertificatesEvaluatedAt >= _nextExpiry;
        if (gone.Count == 0 && begun.Count == 0 && changes.Secrets.Count == 0 && !isOverdue)
        {
            return this;
        }

        gone.UnionWith(stale);
        begun.AddRange(stale);
        var drafts = Draft(gone, begun, before, objects.Secrets);
        var claims = _claims.ToBuilder();
        var buckets = new List<KeyValuePair<string, CertificateBucket?>>(drafts.Count);
        var keyKinds = _keyKinds;
        var nextExpiry = _nextExpiry;
        foreach (var (host, added) in drafts)
        {
            var known = claims.GetValueOrDefault(host, []);
            TlsClaim[] next = [.. known.Where(claim => !gone.Contains(claim.Ingress)), .. added];

            // An Ingress that was never served claimed nothing. Its host may be anything, such as that of another in upper case.
            if (known.Length == 0 && next.Length == 0)
            {
                continue;
            }

            Array.Sort(next, TlsClaim.CompareByPrecedence);
            Touch(known, touched);
            var bucket = next.Length > 0 ? new CertificateBucketBuilder(host).Resolve(next) : null;
            buckets.Add(new(host, bucket));
            keyKinds = keyKinds.With(host, known.Length > 0 ? _buckets.Get(host) : null, bucket);
            if (bucket is null)
            {
                claims.Remove(host);
                continue;
            }

            claims[host] = next;
            nextExpiry = NextExpiry(added.Select(static claim => claim.Certificate), nextExpiry, options);
        }

        var defaultCertificate = DefaultCertificate(objects.Secrets, options);
        if (isOverdue)
        {
            var all = claims.Values.SelectMany(static claims => claims).ToList();
            nextExpiry = NextExpiry(all.Select(static claim => claim.Certificate), DateTimeOffset.MaxValue, options);
            Touch(all, touched);
            if (defaultCertificate is not null)
            {
                touched.Add(defaultCertificate.Secret.Reference);
            }
        }

        return new(
            claims.ToImmutable(),
            _buckets.With(buckets),
            keyKinds,
            defaultCertificate,
            NextExpiry([defaultCertificate], nextExpiry, options));
    }

    /// <summary>Reports the claims on a host that do not decide.</summary>
    public void Report(string host, DiagnosticBag diagnostics)
    {
        if (_claims.TryGetValue(host, out var claims))
        {
            new CertificateBucketBuilder(host, diagnostics).Resolve(claims);
        }
    }

    /// <summary>Reports what is wrong with the default certificate.</summary>
    public static void ReportDefault(ObjectSet<SecretResource> secrets, RouteTableOptions options, DiagnosticBag diagnostics)
    {
        if (options.DefaultCertificate is not { } name)
        {
            return;
        }

        diagnostics.At(DiagnosticPhase.Tls);
        var secret = secrets.Find(name);
        if (secret?.Read().Certificate is not { } certificate)
        {
            var standIn = options.StandIns.Certificates;
            diagnostics.Add(new IngressDiagnostic
            {
                Id = IngressDiagnosticIds.DefaultCertificateUnusable,
                Severity = standIn is null ? IngressDiagnosticSeverity.Error : IngressDiagnosticSeverity.Info,
                Resource = new ResourceReference(SecretResource.KindName, name.Namespace, name.Name),
                Message = $"The Secret of the default certificate {secret?.Read().Problem ?? "does not exist"}. "
                    + (standIn is null ? "Handshakes that no other certificate covers are refused." : TlsEntries.StandInMessage(standIn)),
                StandIn = standIn,
                Location = secret?.Origin?.Locate(""),
            });
        }
        else
        {
            TlsEntries.ReportUsable(secret, "", secret, certificate, options, diagnostics);
        }
    }

    private static Dictionary<string, List<TlsClaim>> Draft(
        IEnumerable<IngressResource> gone, IEnumerable<IngressResource> begun, ObjectSet<SecretResource> before, ObjectSet<SecretResource> now)
    {
        var drafts = new Dictionary<string, List<TlsClaim>>(StringComparer.Ordinal);
        foreach (var host in gone.SelectMany(ingress => TlsEntries.ClaimsOf(ingress, before)).Select(static item => item.Host))
        {
            drafts.TryAdd(host, []);
        }

        foreach (var (host, claim) in begun.SelectMany(ingress => TlsEntries.ClaimsOf(ingress, now)))
        {
            if (!drafts.TryGetValue(host, out var added))
            {
                drafts.Add(host, added = []);
            }

            added.Add(claim);
        }

        return drafts;
    }

    private static TlsCertificate? DefaultCertificate(ObjectSet<SecretResource> secrets, RouteTableOptions options)
        => options.DefaultCertificate is { } name ? secrets.Find(name)?.Read().Certificate : null;

    private static DateTimeOffset NextExpiry(IEnumerable<TlsCertificate?> certificates, DateTimeOffset known, RouteTableOptions options)
        => certificates.OfType<TlsCertificate>()
            .SelectMany(static certificate => new[] { certificate.NotBefore, certificate.NotAfter })
            .Where(time => !(time < options.CertificatesEvaluatedAt))
            .Append(known)
            .Min();

    private static void Touch(IEnumerable<TlsClaim> claims, ICollection<ResourceReference> touched)
    {
        foreach (var claim in claims)
        {
            touched.Add(claim.Ingress.Reference);
        }
    }
}

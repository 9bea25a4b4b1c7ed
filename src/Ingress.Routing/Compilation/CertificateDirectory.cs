using System.Collections.Immutable;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Matching;
using Ingress.Routing.Model;
using Ingress.Routing.Tls;

namespace Ingress.Routing.Compilation;

/// <summary>Who claims the certificate of which host, and what came of it (D17). Immutable.</summary>
internal sealed class CertificateDirectory
{
    public static readonly CertificateDirectory Empty = new([], [], HostTable<CertificateBucket>.Empty, default, null, DateTimeOffset.MaxValue);

    // By instance: records compare their content, which is both slow and not meant.
    private static readonly ImmutableHashSet<IngressResource> s_nobody =
        ImmutableHashSet.Create<IngressResource>(ReferenceEqualityComparer.Instance);

    private readonly ImmutableDictionary<string, TlsClaim[]> _claims;
    private readonly ImmutableDictionary<NamespacedName, ImmutableHashSet<IngressResource>> _users;
    private readonly HostTable<CertificateBucket> _buckets;
    private readonly KeyKindCensus _census;

    // No certificate expires or becomes valid between the time of judgement and this one; it may be too early, never too late.
    private readonly DateTimeOffset _nextExpiry;

    private CertificateDirectory(
        ImmutableDictionary<string, TlsClaim[]> claims,
        ImmutableDictionary<NamespacedName, ImmutableHashSet<IngressResource>> users,
        HostTable<CertificateBucket> buckets,
        KeyKindCensus census,
        TlsCertificate? defaultCertificate,
        DateTimeOffset nextExpiry)
    {
        _claims = claims;
        _users = users;
        _buckets = buckets;
        _census = census;
        _nextExpiry = nextExpiry;
        Selector = new(buckets, defaultCertificate, census);
    }

    public CertificateSelector Selector { get; }

    /// <summary>The directory after a change.</summary>
    /// <param name="before">The Secrets before it.</param>
    /// <param name="changes">What is different.</param>
    /// <param name="served">The changed Ingresses that are served now.</param>
    /// <param name="touched">Receives the objects about which something else may be reported now.</param>
    public CertificateDirectory With(
        ObjectSet<TlsSecret> before,
        ClusterObjects objects,
        ClusterObjectChanges changes,
        IReadOnlyCollection<IngressResource> served,
        RouteTableOptions options,
        ICollection<ResourceReference> touched)
    {
        var ceased = changes.Ingresses.Select(static change => change.Before).Where(static ingress => ingress?.Tls.Count > 0).ToList();
        var begun = served.Where(static ingress => ingress.Tls.Count > 0).ToList();
        var isOverdue = options.CertificatesJudgedAt >= _nextExpiry;
        if (ceased.Count == 0 && begun.Count == 0 && changes.TlsSecrets.Count == 0 && !isOverdue)
        {
            return this;
        }

        // An Ingress that stays may still claim something else, because its Secret has changed.
        var stale = new HashSet<IngressResource>(ceased!, ReferenceEqualityComparer.Instance);
        foreach (var (old, now) in changes.TlsSecrets)
        {
            foreach (var ingress in _users.GetValueOrDefault((old ?? now)!.Name, []).Where(stale.Add))
            {
                begun.Add(ingress);
                touched.Add(ingress.Reference);
            }
        }

        var drafts = Draft(stale, begun, before, objects.TlsSecrets);
        var claims = _claims.ToBuilder();
        var buckets = new List<KeyValuePair<string, CertificateBucket?>>(drafts.Count);
        var census = _census;
        var nextExpiry = _nextExpiry;
        foreach (var (host, added) in drafts)
        {
            var known = claims.GetValueOrDefault(host, []);
            TlsClaim[] next = [.. known.Where(claim => !stale.Contains(claim.Ingress)), .. added];

            // An Ingress that was never served claimed nothing. Its host may be anything, such as that of another in upper case.
            if (known.Length == 0 && next.Length == 0)
            {
                continue;
            }

            Array.Sort(next, TlsClaim.CompareByPrecedence);
            Touch(known, touched);
            var bucket = next.Length > 0 ? new CertificateBucketBuilder(host).Settle(next) : null;
            buckets.Add(new(host, bucket));
            census = census.With(host, known.Length > 0 ? _buckets.Get(host) : null, bucket);
            if (bucket is null)
            {
                claims.Remove(host);
                continue;
            }

            claims[host] = next;
            nextExpiry = NextExpiry(added.Select(static claim => claim.Certificate), nextExpiry, options);
        }

        var defaultCertificate = DefaultCertificate(objects.TlsSecrets, options);
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
            UsersAfter(stale, begun),
            _buckets.With(buckets),
            census,
            defaultCertificate,
            NextExpiry([defaultCertificate], nextExpiry, options));
    }

    /// <summary>Reports the claims on a host that do not decide.</summary>
    public void Report(string host, DiagnosticBag diagnostics)
    {
        if (_claims.TryGetValue(host, out var claims))
        {
            new CertificateBucketBuilder(host, diagnostics).Settle(claims);
        }
    }

    /// <summary>Reports what is wrong with the default certificate.</summary>
    public static void ReportDefault(ObjectSet<TlsSecret> secrets, RouteTableOptions options, DiagnosticBag diagnostics)
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
                Resource = new ResourceReference(TlsSecret.KindName, name.Namespace, name.Name),
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
        IEnumerable<IngressResource> stale, IEnumerable<IngressResource> begun, ObjectSet<TlsSecret> before, ObjectSet<TlsSecret> now)
    {
        var drafts = new Dictionary<string, List<TlsClaim>>(StringComparer.Ordinal);
        foreach (var host in stale.SelectMany(ingress => TlsEntries.ClaimsOf(ingress, before)).Select(static item => item.Host))
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

    private ImmutableDictionary<NamespacedName, ImmutableHashSet<IngressResource>> UsersAfter(
        IEnumerable<IngressResource> stale, IEnumerable<IngressResource> begun)
    {
        var users = _users.ToBuilder();
        foreach (var (ingress, secret) in SecretsOf(stale))
        {
            if (!users.TryGetValue(secret, out var others))
            {
                continue;
            }

            if (others.Remove(ingress) is { IsEmpty: false } rest)
            {
                users[secret] = rest;
            }
            else
            {
                users.Remove(secret);
            }
        }

        foreach (var (ingress, secret) in SecretsOf(begun))
        {
            users[secret] = users.GetValueOrDefault(secret, s_nobody).Add(ingress);
        }

        return users.ToImmutable();
    }

    private static IEnumerable<(IngressResource Ingress, NamespacedName Secret)> SecretsOf(IEnumerable<IngressResource> ingresses) =>
        from ingress in ingresses
        from tls in ingress.Tls
        let secret = TlsEntries.SecretOf(ingress, tls)
        where secret is not null
        select (ingress, secret.Value);

    private static TlsCertificate? DefaultCertificate(ObjectSet<TlsSecret> secrets, RouteTableOptions options)
        => options.DefaultCertificate is { } name ? secrets.Find(name)?.Read().Certificate : null;

    private static DateTimeOffset NextExpiry(IEnumerable<TlsCertificate?> certificates, DateTimeOffset known, RouteTableOptions options)
        => certificates.OfType<TlsCertificate>()
            .SelectMany(static certificate => new[] { certificate.NotBefore, certificate.NotAfter })
            .Where(time => !(time < options.CertificatesJudgedAt))
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

using Ingress.Routing.Diagnostics;
using Ingress.Routing.Matching;
using Ingress.Routing.Model;
using Ingress.Routing.Tls;

namespace Ingress.Routing.Compilation;

/// <summary>Works out which certificate serves which host (D17).</summary>
internal sealed class TlsCompiler
{
    private readonly Dictionary<NamespacedName, TlsSecret> _secrets;
    private readonly Dictionary<string, CertificateBucketBuilder> _buckets = new(StringComparer.Ordinal);
    private readonly RouteTableOptions _options;
    private readonly DiagnosticBag _diagnostics;

    public TlsCompiler(ClusterSnapshot snapshot, RouteTableOptions options, DiagnosticBag diagnostics)
    {
        _secrets = snapshot.TlsSecrets.ToDictionary(static secret => secret.Name);
        _options = options;
        _diagnostics = diagnostics;
    }

    /// <param name="servedByAge">The served Ingresses, oldest first.</param>
    public CertificateSelector Compile(IReadOnlyList<IngressResource> servedByAge)
    {
        // The names of certificates come after all explicit entries, whatever their age (D17, step 3).
        AddEntries(servedByAge, static tls => tls.Hosts.Count > 0, AddExplicit);
        AddEntries(servedByAge, static tls => tls.Hosts.Count == 0, AddNamesOfCertificate);

        var hosts = new HostTable<CertificateBucket>(_buckets.Select(static item => KeyValuePair.Create(item.Key, item.Value.Build())));
        return new CertificateSelector(hosts, DefaultCertificate());
    }

    private static void AddEntries(
        IReadOnlyList<IngressResource> servedByAge, Func<IngressTls, bool> isMeant, Action<IngressResource, int> add)
    {
        foreach (var ingress in servedByAge)
        {
            for (var i = 0; i < ingress.Tls.Count; i++)
            {
                if (isMeant(ingress.Tls[i]))
                {
                    add(ingress, i);
                }
            }
        }
    }

    private void AddExplicit(IngressResource ingress, int index)
    {
        // An entry without a Secret asks for the default certificate.
        var tls = ingress.Tls[index];
        TlsCertificate? certificate = null;
        if (!string.IsNullOrEmpty(tls.SecretName) && (certificate = Find(ingress, tls.SecretName, index)) is null)
        {
            return;
        }

        for (var j = 0; j < tls.Hosts.Count; j++)
        {
            var bucket = BucketOf(tls.Hosts[j]);
            ReportHost(ingress, $"spec.tls[{index}].hosts[{j}]", tls.Hosts[j], certificate, bucket);
            bucket.Add(certificate, ingress);
        }
    }

    private void AddNamesOfCertificate(IngressResource ingress, int index)
    {
        var secretName = ingress.Tls[index].SecretName;
        if (!string.IsNullOrEmpty(secretName) && Find(ingress, secretName, index) is { } certificate)
        {
            foreach (var name in certificate.DnsNames)
            {
                BucketOf(name).Add(certificate, ingress);
            }
        }
    }

    private CertificateBucketBuilder BucketOf(string host)
    {
        if (!_buckets.TryGetValue(host, out var bucket))
        {
            bucket = new CertificateBucketBuilder(host);
            _buckets.Add(host, bucket);
        }

        return bucket;
    }

    private void ReportHost(IngressResource ingress, string field, string host, TlsCertificate? certificate, CertificateBucketBuilder bucket)
    {
        if (certificate is not null && !certificate.Names.CoverHost(host))
        {
            _diagnostics.Warn(
                ingress,
                IngressDiagnosticIds.CertificateDoesNotCoverHost,
                field,
                $"The certificate of Secret '{certificate.Secret.Name}' does not cover '{host}'. It is not used for names that it does not cover.");
        }
        else if (bucket.Owner is { } owner && bucket.Certificate != certificate)
        {
            var winner = bucket.Certificate is { } other ? $"the certificate of Secret '{other.Secret.Name}'" : "the default certificate";
            _diagnostics.Warn(
                ingress,
                IngressDiagnosticIds.TlsConflict,
                field,
                $"Ingress '{owner.Name}' goes first (D17) and gives '{host}' {winner}. This entry does not decide for it.");
        }
    }

    // From the namespace of the Ingress alone (semantics 11.6).
    private TlsCertificate? Find(IngressResource ingress, string secretName, int index)
    {
        var field = $"spec.tls[{index}].secretName";
        var name = new NamespacedName(ingress.Name.Namespace, secretName);
        if (!_secrets.TryGetValue(name, out var secret))
        {
            _diagnostics.Warn(
                ingress,
                IngressDiagnosticIds.SecretNotFound,
                field,
                $"There is no Secret '{name}' with a certificate. This entry provides no certificate.");
            return null;
        }

        if (secret.Read().Certificate is not { } certificate)
        {
            _diagnostics.Warn(
                ingress,
                IngressDiagnosticIds.SecretUnusable,
                field,
                $"The Secret '{name}' {secret.Read().Problem}. This entry provides no certificate.");
            return null;
        }

        if (_options.CertificatesJudgedAt > certificate.NotAfter)
        {
            _diagnostics.Warn(ingress, IngressDiagnosticIds.CertificateExpired, field, ExpiryMessage(certificate));
        }

        return certificate;
    }

    private TlsCertificate? DefaultCertificate()
    {
        if (_options.DefaultCertificate is not { } name)
        {
            return null;
        }

        if (!_secrets.TryGetValue(name, out var secret) || secret.Read().Certificate is not { } certificate)
        {
            _diagnostics.Add(new IngressDiagnostic
            {
                Id = IngressDiagnosticIds.DefaultCertificateUnusable,
                Severity = IngressDiagnosticSeverity.Error,
                Resource = new ResourceReference("Secret", name.Namespace, name.Name),
                Message = $"The Secret of the default certificate {secret?.Read().Problem ?? "does not exist"}. "
                    + "Handshakes that no other certificate covers are refused.",
                Location = secret?.Origin?.Locate(""),
            });
            return null;
        }

        if (_options.CertificatesJudgedAt > certificate.NotAfter)
        {
            _diagnostics.Warn(secret, IngressDiagnosticIds.CertificateExpired, "", ExpiryMessage(certificate));
        }

        return certificate;
    }

    private static string ExpiryMessage(TlsCertificate certificate)
        => $"The certificate of Secret '{certificate.Secret.Name}' expired at {certificate.NotAfter.UtcDateTime:u}. It is served all the same.";
}

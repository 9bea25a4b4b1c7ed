using Ingress.Routing.Diagnostics;
using Ingress.Routing.Matching;
using Ingress.Routing.Model;
using Ingress.Routing.Tls;

namespace Ingress.Routing.Compilation;

/// <summary>Works out which certificates may serve which host (D17).</summary>
internal sealed class TlsCompiler
{
    private readonly Dictionary<NamespacedName, TlsSecret> _secrets;
    private readonly Dictionary<string, List<(CertificateCandidate Candidate, IngressResource Owner)>> _claims = new(StringComparer.Ordinal);
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
        foreach (var ingress in servedByAge)
        {
            for (var i = 0; i < ingress.Tls.Count; i++)
            {
                AddExplicit(ingress, i);
            }
        }

        // After all explicit entries, which therefore come first for every host (D17, step 3).
        foreach (var ingress in servedByAge)
        {
            for (var i = 0; i < ingress.Tls.Count; i++)
            {
                AddFromCertificate(ingress, i);
            }
        }

        var buckets = _claims.Select(static claim => KeyValuePair.Create(
            claim.Key, new CertificateBucket([.. claim.Value.Select(static item => item.Candidate)])));
        return new CertificateSelector(new HostTable<CertificateBucket>(buckets), DefaultCertificate());
    }

    private void AddExplicit(IngressResource ingress, int index)
    {
        var tls = ingress.Tls[index];
        if (tls.Hosts.Count == 0)
        {
            return;
        }

        if (string.IsNullOrEmpty(tls.SecretName))
        {
            foreach (var host in tls.Hosts)
            {
                Claim(host, new CertificateCandidate(null), ingress);
            }

            return;
        }

        if (!TryRead(ingress, tls.SecretName, $"spec.tls[{index}].secretName", out var certificate))
        {
            return;
        }

        for (var j = 0; j < tls.Hosts.Count; j++)
        {
            AddHost(ingress, $"spec.tls[{index}].hosts[{j}]", tls.Hosts[j], certificate!);
        }
    }

    private void AddHost(IngressResource ingress, string field, string host, TlsCertificate certificate)
    {
        if (!certificate.Names.CoverHost(host))
        {
            _diagnostics.Warn(
                ingress,
                IngressDiagnosticIds.CertificateDoesNotCoverHost,
                field,
                $"The certificate of Secret '{certificate.Secret.Name}' does not cover '{host}'. It is not used for names that it does not cover.");
        }
        else if (FirstOwner(host) is ({ } other, var owner) && other != certificate)
        {
            _diagnostics.Warn(
                ingress,
                IngressDiagnosticIds.TlsConflict,
                field,
                $"Ingress '{owner.Name}' comes first and gives '{host}' the certificate of Secret '{other.Secret.Name}'. This one is not used for it.");
        }

        Claim(host, new CertificateCandidate(certificate), ingress);
    }

    private void AddFromCertificate(IngressResource ingress, int index)
    {
        var tls = ingress.Tls[index];
        if (tls.Hosts.Count == 0
            && !string.IsNullOrEmpty(tls.SecretName)
            && TryRead(ingress, tls.SecretName, $"spec.tls[{index}].secretName", out var certificate))
        {
            foreach (var name in certificate!.DnsNames.Distinct(StringComparer.Ordinal))
            {
                Claim(name, new CertificateCandidate(certificate), ingress);
            }
        }
    }

    private (TlsCertificate? Certificate, IngressResource Owner)? FirstOwner(string host)
    {
        if (!_claims.TryGetValue(host, out var claims))
        {
            return null;
        }

        foreach (var (candidate, owner) in claims)
        {
            if (candidate.Certificate is null || candidate.Certificate.Names.CoverHost(host))
            {
                return (candidate.Certificate, owner);
            }
        }

        return null;
    }

    private void Claim(string host, CertificateCandidate candidate, IngressResource owner)
    {
        if (!_claims.TryGetValue(host, out var claims))
        {
            _claims.Add(host, claims = []);
        }

        claims.Add((candidate, owner));
    }

    // From the namespace of the Ingress alone (semantics 11.6).
    private bool TryRead(IngressResource ingress, string secretName, string field, out TlsCertificate? certificate)
    {
        certificate = null;
        var name = new NamespacedName(ingress.Name.Namespace, secretName);
        if (!_secrets.TryGetValue(name, out var secret))
        {
            _diagnostics.Warn(
                ingress,
                IngressDiagnosticIds.SecretNotFound,
                field,
                $"There is no Secret '{name}' with a certificate. This entry provides no certificate.");
            return false;
        }

        if (secret.Read() is { Problem: { } problem })
        {
            _diagnostics.Warn(
                ingress,
                IngressDiagnosticIds.SecretUnusable,
                field,
                $"The Secret '{name}' {problem}. This entry provides no certificate.");
            return false;
        }

        certificate = secret.Read().Certificate!;
        if (_options.CertificatesJudgedAt > certificate.NotAfter)
        {
            _diagnostics.Warn(
                ingress,
                IngressDiagnosticIds.CertificateExpired,
                field,
                $"The certificate of Secret '{name}' expired at {certificate.NotAfter.UtcDateTime:u}. It is served all the same.");
        }

        return true;
    }

    private TlsCertificate? DefaultCertificate()
    {
        if (_options.DefaultCertificate is not { } name)
        {
            return null;
        }

        var secret = _secrets.GetValueOrDefault(name);
        if (secret?.Read() is { Certificate: { } certificate })
        {
            return certificate;
        }

        _diagnostics.Add(new IngressDiagnostic
        {
            Id = IngressDiagnosticIds.DefaultCertificateUnusable,
            Severity = IngressDiagnosticSeverity.Error,
            Resource = new ResourceReference("Secret", name.Namespace, name.Name),
            Message = $"The Secret of the default certificate {secret?.Read().Problem ?? "does not exist"}. Handshakes for unknown names are refused.",
            Location = secret?.Origin?.Locate(""),
        });
        return null;
    }
}

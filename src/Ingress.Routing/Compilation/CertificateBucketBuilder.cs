using System.Collections.Frozen;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Matching;
using Ingress.Routing.Model;
using Ingress.Routing.Tls;

namespace Ingress.Routing.Compilation;

/// <summary>Settles which certificate serves one host (D17).</summary>
/// <param name="host">An exact or wildcard host.</param>
/// <param name="diagnostics">Receives what is worth reporting; null when only the outcome matters.</param>
internal sealed class CertificateBucketBuilder(string host, DiagnosticBag? diagnostics = null)
{
    private readonly Dictionary<string, TlsCertificate> _single = new(StringComparer.OrdinalIgnoreCase);

    // The Ingress whose claim decides for every name that the host stands for, and its certificate; null for the default one.
    private IngressResource? _owner;
    private TlsCertificate? _certificate;

    /// <param name="claims">The claims on the host, those that go first in front.</param>
    public CertificateBucket Settle(IEnumerable<TlsClaim> claims)
    {
        foreach (var claim in claims)
        {
            if (diagnostics is not null && claim.IsExplicit)
            {
                Report(claim, diagnostics);
            }

            Add(claim.Certificate, claim.Ingress);
        }

        return new(_single.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase), serves: _owner is not null, _certificate);
    }

    // A certificate counts only for the names that it covers; null is the default one.
    private void Add(TlsCertificate? certificate, IngressResource owner)
    {
        // The claim that covers everything ends the walk.
        if (_owner is not null)
        {
            return;
        }

        if (certificate is null || certificate.Names.CoverHost(host))
        {
            _owner = owner;
            _certificate = certificate;
            return;
        }

        if (HostName.IsWildcard(host))
        {
            foreach (var name in certificate.DnsNames.Where(IsMeant))
            {
                _single.TryAdd(name, certificate);
            }
        }
    }

    // One label, then the host without its '*'.
    private bool IsMeant(string name)
    {
        var dot = name.IndexOf('.');
        return dot > 0 && name[0] != '*' && name.AsSpan(dot).SequenceEqual(host.AsSpan(1));
    }

    private void Report(TlsClaim claim, DiagnosticBag diagnostics)
    {
        var field = $"spec.tls[{claim.Entry}].hosts[{claim.Index}]";
        diagnostics.At(DiagnosticPhase.Tls, (claim.Entry, claim.Index));
        if (claim.Certificate is { } certificate && !certificate.Names.CoverHost(host))
        {
            diagnostics.Warn(
                claim.Ingress,
                IngressDiagnosticIds.CertificateDoesNotCoverHost,
                field,
                $"The certificate of Secret '{certificate.Secret.Name}' does not cover '{host}'. It is not used for names that it does not cover.");
        }
        else if (_owner is { } owner && _certificate != claim.Certificate)
        {
            var winner = _certificate is { } other ? $"the certificate of Secret '{other.Secret.Name}'" : "the default certificate";
            diagnostics.Warn(
                claim.Ingress,
                IngressDiagnosticIds.TlsConflict,
                field,
                $"Ingress '{owner.Name}' goes first (D17) and gives '{host}' {winner}. This entry does not decide for it.");
        }
    }
}

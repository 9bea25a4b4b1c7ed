using Ingress.Routing.Diagnostics;
using Ingress.Routing.Matching;
using Ingress.Routing.Tls;

namespace Ingress.Routing.Compilation;

/// <summary>Resolves which certificate serves one host (D17), and which serves clients that verify one kind of keys alone (D24).</summary>
/// <param name="host">An exact or wildcard host.</param>
/// <param name="diagnostics">Receives what is worth reporting; null when only the outcome matters.</param>
internal sealed class CertificateBucketBuilder(string host, DiagnosticBag? diagnostics = null)
{
    private readonly CertificateWalk _all = new();
    private readonly CertificateWalk _rsa = new();
    private readonly CertificateWalk _ecdsa = new();

    /// <param name="claims">The claims on the host, those that go first in front.</param>
    public CertificateBucket Resolve(IEnumerable<TlsClaim> claims)
    {
        foreach (var claim in claims)
        {
            if (diagnostics is not null && claim.IsExplicit)
            {
                Report(claim, diagnostics);
            }

            Add(claim);
        }

        var kinds = (_rsa.HasCertificates ? CertificateKeyKinds.Rsa : CertificateKeyKinds.None)
            | (_ecdsa.HasCertificates ? CertificateKeyKinds.Ecdsa : CertificateKeyKinds.None);
        return _all.ToBucket(kinds, ByKind(kinds));
    }

    // Nearly all hosts have certificates of one kind, and nothing else to give.
    private KeyKindBuckets? ByKind(CertificateKeyKinds kinds)
    {
        var other = kinds switch
        {
            CertificateKeyKinds.Rsa => _ecdsa,
            CertificateKeyKinds.Ecdsa => _rsa,
            _ => null,
        };
        return kinds == CertificateKeyKinds.All || other?.Owner is not null
            ? new(
                _rsa.ToBucket(kinds & CertificateKeyKinds.Rsa),
                _ecdsa.ToBucket(kinds & CertificateKeyKinds.Ecdsa))
            : null;
    }

    private CertificateWalk WalkOf(TlsCertificate certificate) => certificate.KeyKind == CertificateKeyKinds.Rsa ? _rsa : _ecdsa;

    // A certificate counts only for the names that it covers; null is the default one, which ends the walk for everybody.
    private void Add(TlsClaim claim)
    {
        if (claim.Certificate is not { } certificate)
        {
            _all.Decide(claim.Ingress, null);
            _rsa.Decide(claim.Ingress, null);
            _ecdsa.Decide(claim.Ingress, null);
        }
        else if (WalkOf(certificate) is { Owner: null } ofKind)
        {
            if (certificate.Names.CoverHost(host))
            {
                _all.Decide(claim.Ingress, certificate);
                ofKind.Decide(claim.Ingress, certificate);
            }
            else if (HostName.IsWildcard(host))
            {
                foreach (var name in certificate.DnsNames.Where(IsMeant))
                {
                    _all.Decide(name, certificate);
                    ofKind.Decide(name, certificate);
                }
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
            return;
        }

        // A certificate of the other kind takes part beside the one that goes first (D24).
        var walk = claim.Certificate is { } own ? WalkOf(own) : _all;
        if (walk.Owner is { } owner && walk.Certificate != claim.Certificate)
        {
            var winner = walk.Certificate is { } other ? $"the certificate of Secret '{other.Secret.Name}'" : "the default certificate";
            diagnostics.Warn(
                claim.Ingress,
                IngressDiagnosticIds.TlsConflict,
                field,
                $"Ingress '{owner.Name}' goes first and gives '{host}' {winner}. This entry does not decide for it.");
        }
    }
}

using System.Collections.Frozen;
using Ingress.Routing.Matching;
using Ingress.Routing.Model;
using Ingress.Routing.Tls;

namespace Ingress.Routing.Compilation;

/// <summary>Collects the claims on the certificate of one host, best first (D17).</summary>
/// <param name="host">An exact or wildcard host.</param>
internal sealed class CertificateBucketBuilder(string host)
{
    private readonly Dictionary<string, TlsCertificate> _single = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The Ingress whose claim decides for every name that the host stands for; null while there is none.</summary>
    public IngressResource? Owner { get; private set; }

    /// <summary>The certificate of that claim; null for the default certificate.</summary>
    public TlsCertificate? Certificate { get; private set; }

    /// <summary>Adds a claim; those added before go first.</summary>
    /// <param name="certificate">The certificate, or null for the default one. It counts only for the names that it covers.</param>
    public void Add(TlsCertificate? certificate, IngressResource owner)
    {
        // The claim that covers everything ends the walk.
        if (Owner is not null)
        {
            return;
        }

        if (certificate is null || certificate.Names.CoverHost(host))
        {
            Owner = owner;
            Certificate = certificate;
            return;
        }

        if (HostTable<CertificateBucket>.IsWildcard(host))
        {
            foreach (var name in certificate.DnsNames.Where(IsMeant))
            {
                _single.TryAdd(name, certificate);
            }
        }
    }

    public CertificateBucket Build()
        => new(_single.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase), serves: Owner is not null, Certificate);

    // One label, then the host without its '*'.
    private bool IsMeant(string name)
    {
        var dot = name.IndexOf('.');
        return dot > 0 && name[0] != '*' && name.AsSpan(dot).SequenceEqual(host.AsSpan(1));
    }
}

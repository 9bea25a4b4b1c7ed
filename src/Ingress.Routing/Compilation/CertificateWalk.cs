using System.Collections.Frozen;
using Ingress.Routing.Model;
using Ingress.Routing.Tls;

namespace Ingress.Routing.Compilation;

/// <summary>The walk over the claims on one host (D17), as it goes for some clients.</summary>
internal sealed class CertificateWalk
{
    private Dictionary<string, TlsCertificate>? _single;

    /// <summary>The Ingress whose claim decides for every name that the host stands for; null until one does. It ends the walk.</summary>
    public IngressResource? Owner { get; private set; }

    /// <summary>Its certificate; null for the default one.</summary>
    public TlsCertificate? Certificate { get; private set; }

    /// <summary>Whether any certificate takes part.</summary>
    public bool HasCertificates => Certificate is not null || _single is not null;

    /// <summary>Decides, if nothing has before.</summary>
    public void Decide(IngressResource owner, TlsCertificate? certificate)
    {
        if (Owner is null)
        {
            Owner = owner;
            Certificate = certificate;
        }
    }

    /// <summary>Decides for one name, if nothing has before.</summary>
    public void Decide(string name, TlsCertificate certificate)
    {
        if (Owner is null)
        {
            (_single ??= new(StringComparer.OrdinalIgnoreCase)).TryAdd(name, certificate);
        }
    }

    public CertificateBucket ToBucket(CertificateKeyKinds kinds, KeyKindBuckets? byKind = null)
        => new(_single?.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase), serves: Owner is not null, Certificate, kinds, byKind);
}

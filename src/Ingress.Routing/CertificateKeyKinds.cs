namespace Ingress.Routing;

/// <summary>Kinds of keys of certificates, as far as TLS can serve with them.</summary>
[Flags]
public enum CertificateKeyKinds
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>RSA.</summary>
    Rsa = 1,

    /// <summary>ECDSA, whatever the curve.</summary>
    Ecdsa = 2,

    /// <summary>All of them.</summary>
    All = Rsa | Ecdsa,
}

namespace Ingress.Routing.Acme;

/// <summary>What a key is made of.</summary>
public enum AcmeKeyKind
{
    /// <summary>ECDSA on P-256; account keys sign with ES256.</summary>
    EcdsaP256,

    /// <summary>ECDSA on P-384; account keys sign with ES384.</summary>
    EcdsaP384,

    /// <summary>RSA with 2,048 bits; account keys sign with RS256.</summary>
    Rsa2048,

    /// <summary>RSA with 3,072 bits; account keys sign with RS256.</summary>
    Rsa3072,

    /// <summary>RSA with 4,096 bits; account keys sign with RS256.</summary>
    Rsa4096,
}

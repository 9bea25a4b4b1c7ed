namespace Ingress.Routing.Explanation;

/// <summary>What became of a TLS entry that wanted a server name (D17).</summary>
public enum CertificateClaimOutcome
{
    /// <summary>It decides.</summary>
    Chosen,

    /// <summary>There is no such Secret.</summary>
    SecretNotFound,

    /// <summary>The Secret holds no usable certificate and key.</summary>
    SecretUnusable,

    /// <summary>The certificate does not cover the name.</summary>
    DoesNotCover,

    /// <summary>An entry that goes first has decided.</summary>
    NotReached,

    /// <summary>An entry that goes first has decided, but this one serves clients that cannot verify the key of its certificate (D24).</summary>
    ChosenForOtherKeyKind,
}

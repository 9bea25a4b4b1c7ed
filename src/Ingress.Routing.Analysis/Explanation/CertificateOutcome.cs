namespace Ingress.Routing.Explanation;

/// <summary>What a handshake gets.</summary>
public enum CertificateOutcome
{
    /// <summary>The certificate of a TLS entry.</summary>
    OfEntry,

    /// <summary>The default certificate.</summary>
    Default,

    /// <summary>Nothing: no entry applies, there is no default certificate, and the handshake is refused.</summary>
    Refused,
}

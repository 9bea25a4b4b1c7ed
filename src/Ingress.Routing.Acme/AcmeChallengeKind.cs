namespace Ingress.Routing.Acme;

/// <summary>How a CA is shown who runs a host.</summary>
public enum AcmeChallengeKind
{
    /// <summary>By an answer to a request over plain http, which the CA sends to port 80 (RFC 8555, 8.3).</summary>
    Http01,

    /// <summary>By a certificate in a handshake, which the CA begins on port 443 (RFC 8737).</summary>
    TlsAlpn01,

    /// <summary>By a DNS record (RFC 8555, 8.4), with an <see cref="IDnsChallengeProvider"/>. The only way to a wildcard.</summary>
    Dns01,
}

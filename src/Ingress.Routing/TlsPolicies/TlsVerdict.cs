namespace Ingress.Routing;

/// <summary>Whether a request may be served on its connection (D18, D25).</summary>
public enum TlsVerdict
{
    /// <summary>It may.</summary>
    Serve,

    /// <summary>Its host has another policy than the connection: 421, and the client tries again on a connection of its own.</summary>
    Misdirected,

    /// <summary>It is only served to clients with a verified certificate, and this connection was never asked for one: 403.</summary>
    CertificateRequired,

    /// <summary>
    /// It is only served to clients with a certificate that can be verified, and this one has none: 400, or a redirect to
    /// <see cref="Policies.HostPolicies.ClientCertificateErrorPage"/>.
    /// </summary>
    CertificateRefused,

    /// <summary>It came over plain http and is redirected to https (D19).</summary>
    RedirectToHttps,
}

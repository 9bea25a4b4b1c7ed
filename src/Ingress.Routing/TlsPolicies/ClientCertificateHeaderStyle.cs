namespace Ingress.Routing;

/// <summary>In which request headers backends are told about the client certificate.</summary>
public enum ClientCertificateHeaderStyle
{
    /// <summary>In <see cref="ClientCertificateHeaders"/>.</summary>
    ClientCert,

    /// <summary>In <c>ssl-client-verify</c>, <c>ssl-client-subject-dn</c> and <c>ssl-client-issuer-dn</c>, as ingress-nginx does.</summary>
    SslClient,

    /// <summary>Likewise, and the certificate itself in <c>ssl-client-cert</c>, as PEM that is encoded for URLs.</summary>
    SslClientWithCertificate,
}

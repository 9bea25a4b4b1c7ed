namespace Ingress.Routing.AspNetCore;

/// <summary>How the connection of a request began, when TLS ended at <c>UseIngressHttps</c>.</summary>
/// <remarks>A feature of the connection, so all its requests share it. Thread-safe once the handshake is over.</remarks>
public interface IIngressTlsFeature
{
    /// <summary>The server name, and the policy that was in force for it.</summary>
    TlsHandshake Handshake { get; }

    /// <summary>What became of the client certificate. The certificate itself is in <c>ITlsConnectionFeature</c>, verified or not.</summary>
    ClientCertificateVerification ClientCertificate { get; }
}

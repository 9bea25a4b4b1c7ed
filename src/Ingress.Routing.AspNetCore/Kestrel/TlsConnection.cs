using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Ingress.Routing.AspNetCore.Kestrel;

/// <summary>One connection: what it began with, and whom it is with.</summary>
internal sealed class TlsConnection(TlsHandshake handshake, TimeProvider time) : IIngressTlsFeature
{
    public TlsHandshake Handshake { get; } = handshake;

    public ClientCertificateVerification ClientCertificate { get; private set; } = ClientCertificateVerification.None;

    /// <summary>Verifies the certificate of the client, which may be missing; at each handshake, be it resumed or not.</summary>
    public bool Accept(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is X509Certificate2 presented)
        {
            ClientCertificate = Verify(Handshake.Policy.ClientTrust!, presented, chain);
        }

        return Handshake.Policy.RefusesByAnswer || Handshake.Policy.ClientCertificates switch
        {
            ClientCertificateMode.Require => ClientCertificate.Outcome == ClientCertificateOutcome.Verified,
            ClientCertificateMode.Optional => ClientCertificate.Outcome != ClientCertificateOutcome.Failed,
            ClientCertificateMode.Report => true,
            _ => false,
        };
    }

    private ClientCertificateVerification Verify(ClientCertificateTrust trust, X509Certificate2 presented, X509Chain? chain)
        => chain is null ? trust.Verify(presented, [], time.GetUtcNow()) : trust.Verify(presented, chain, time.GetUtcNow());
}

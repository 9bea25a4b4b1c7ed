namespace Ingress.Routing.Policies;

/// <summary>What an Ingress asks for about client certificates. A value.</summary>
/// <param name="Mode">What is done about them; not <see cref="ClientCertificateMode.None"/>.</param>
/// <param name="Trust">Who vouches for them.</param>
public sealed record ClientCertificateRequirement(ClientCertificateMode Mode, ClientCertificateTrust? Trust)
{
    /// <summary>Whether a connection meets it: clients were asked for exactly that, or code has decided otherwise.</summary>
    /// <param name="policy">The policy of the host of the request.</param>
    /// <param name="isHandshakeOurs">Whether the connection began under that policy, rather than without TLS.</param>
    internal bool IsMetBy(TlsPolicy policy, bool isHandshakeOurs)
        => policy.IsClientPartConfigured
            || (policy.ClientCertificates == Mode && Equals(policy.ClientTrust, Trust) && (isHandshakeOurs || Mode != ClientCertificateMode.Require));
}

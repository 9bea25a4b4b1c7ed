using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Forwarding.Backends;

/// <summary>Makes the options of a TLS client from a policy.</summary>
internal static class BackendTlsOptions
{
    /// <summary>Whether the name in the handshake is one that HttpClient does not choose: it always sends the <c>Host</c> of the request.</summary>
    // A connection without a name of its own is shared by all hosts, which only those may that verify none.
    public static bool NamesItself(BackendTls policy) => policy.ServerName is not null || policy is { SendsServerName: false, Verifies: false };

    public static void Apply(BackendTls policy, SslClientAuthenticationOptions options)
    {
        // Neither a chain nor a revocation answer is fetched from an address that a certificate names.
        options.CertificateRevocationCheckMode = X509RevocationMode.NoCheck;
        options.RemoteCertificateValidationCallback = Validation(policy);
        if (NamesItself(policy))
        {
            options.TargetHost = policy.SendsServerName ? policy.ServerName : "";
        }

        if (policy.Versions.Length > 0)
        {
            options.EnabledSslProtocols = policy.Versions.Aggregate(
                SslProtocols.None, static (all, version) => all | (version == TlsVersion.Tls12 ? SslProtocols.Tls12 : SslProtocols.Tls13));
        }

        if (policy.CipherSuites.Length > 0 && !OperatingSystem.IsWindows() && !OperatingSystem.IsAndroid())
        {
            options.CipherSuitesPolicy = new CipherSuitesPolicy(policy.CipherSuites);
        }

        if (policy.Credentials is { } credentials)
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(credentials.CertificatePem);
            options.ClientCertificateContext = SslStreamCertificateContext.Create(
                X509Certificate2.CreateFromPem(credentials.CertificatePem, credentials.KeyPem), new(chain.Skip(1).ToArray()), offline: true);
        }
    }

    private static RemoteCertificateValidationCallback? Validation(BackendTls policy)
    {
        if (!policy.Verifies)
        {
#pragma warning disable CA5359 // What the policy says, in so many words.
            return static (_, _, _, _) => true;
#pragma warning restore CA5359
        }

        if (policy is { AuthoritiesPem: null, ServerName: null })
        {
            return null; // as always: the operating system's roots, and the host of the request
        }

        var trust = policy.AuthoritiesPem is { } pem ? new BackendTrust(pem, policy.MaxIntermediates) : null;
        return (sender, certificate, chain, errors)
            => BackendTrust.Accepts(trust, certificate, chain, errors, policy.ServerName ?? (sender as SslStream)?.TargetHostName);
    }
}

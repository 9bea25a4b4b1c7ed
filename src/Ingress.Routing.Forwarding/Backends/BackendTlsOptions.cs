using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Forwarding.Backends;

/// <summary>Makes the options of a TLS client from a policy.</summary>
internal static class BackendTlsOptions
{
    public static void Apply(BackendTls policy, SslClientAuthenticationOptions options)
    {
        // Neither a chain nor a revocation answer is fetched from an address that a certificate names.
        options.CertificateRevocationCheckMode = X509RevocationMode.NoCheck;
        var trust = policy.AuthoritiesPem is { } pem ? new BackendTrust(pem, policy.MaxIntermediates) : null;
        if (!policy.Verifies)
        {
            options.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
        }
        else if (trust is not null || policy.ServerName is not null || !policy.SendsServerName)
        {
            options.RemoteCertificateValidationCallback = (sender, certificate, chain, errors) =>
                trust is null && policy is { ServerName: null, SendsServerName: true }
                    ? errors == SslPolicyErrors.None
                    : BackendTrust.Accepts(trust, certificate, chain, errors, policy.ServerName ?? (sender as SslStream)?.TargetHostName);
        }

        if (policy.ServerName is { } name)
        {
            options.TargetHost = name;
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
            var intermediates = new X509Certificate2Collection(chain.Skip(1).ToArray());
            options.ClientCertificateContext = SslStreamCertificateContext.Create(
                X509Certificate2.CreateFromPem(credentials.CertificatePem, credentials.KeyPem), intermediates, offline: true);
        }
    }
}

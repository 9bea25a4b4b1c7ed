using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ingress.Routing.Model;

namespace Ingress.Routing.Policies;

/// <summary>Reads what a Secret says about TLS with backends.</summary>
public static class BackendCertificates
{
    /// <summary>Puts authorities and client certificate of a Secret into a policy.</summary>
    /// <param name="secret">The Secret. Either may be missing, but not both.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="result">The policy with them; null when they cannot be read.</param>
    /// <param name="problem">What is wrong, as a sentence without its full stop, and without any content of the Secret; empty when nothing is.</param>
    /// <returns>Whether they could be read.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static bool TryRead(SecretResource secret, BackendTls policy, out BackendTls? result, out string problem)
    {
        ArgumentNullException.ThrowIfNull(secret);
        ArgumentNullException.ThrowIfNull(policy);
        result = null;
        problem = "";
        var hasAuthorities = !string.IsNullOrWhiteSpace(secret.AuthoritiesPem);
        var hasCertificate = !string.IsNullOrWhiteSpace(secret.CertificatePem) || !string.IsNullOrWhiteSpace(secret.KeyPem);
        if (!hasAuthorities && !hasCertificate)
        {
            problem = $"{secret} has neither 'ca.crt' nor 'tls.crt' with 'tls.key'";
        }
        else if (hasAuthorities && !CanImport(secret.AuthoritiesPem!))
        {
            problem = $"The 'ca.crt' of {secret} holds no certificate that can be read";
        }
        else if (hasCertificate && !HasKeyPair(secret))
        {
            problem = $"The 'tls.crt' and 'tls.key' of {secret} are no certificate with its key";
        }
        else
        {
            result = policy with
            {
                AuthoritiesPem = hasAuthorities ? secret.AuthoritiesPem : null,
                Credentials = hasCertificate ? new(secret.CertificatePem!, secret.KeyPem!) : null,
            };
        }

        return result is not null;
    }

    private static bool CanImport(string pem)
    {
        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPem(pem);
            foreach (var certificate in certificates)
            {
                certificate.Dispose();
            }

            return certificates.Count > 0;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static bool HasKeyPair(SecretResource secret)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(secret.CertificatePem, secret.KeyPem);
            return certificate.HasPrivateKey;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            return false;
        }
    }
}

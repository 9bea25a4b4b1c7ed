using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ingress.Routing.Kubernetes.Configuration;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Kubernetes.Client;

/// <summary>Judges the API server's certificate. A file of authorities is read again for each new connection (K14).</summary>
internal sealed partial class ServerAuthorities(FileOrData authorities, ILogger logger)
{
    private readonly Lock _reading = new();
    private byte[] _pem = [];
    private X509Certificate2Collection? _current;

    /// <summary>Whether a certificate with its chain leads to one of the authorities and has the right name.</summary>
    public bool IsTrusted(X509Certificate? certificate, X509Chain? offered, SslPolicyErrors errors)
    {
        if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None || Read() is not { } trusted)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(trusted);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        if (offered is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(offered.ChainPolicy.ExtraStore);
            foreach (var element in offered.ChainElements)
            {
                chain.ChainPolicy.ExtraStore.Add(element.Certificate);
            }
        }

        var own = certificate as X509Certificate2 ?? X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return chain.Build(own) || IsItselfTrusted(own, trusted, chain);
    }

    // An authority that is no root, or the server's own certificate, may be all that is given.
    private static bool IsItselfTrusted(X509Certificate2 certificate, X509Certificate2Collection trusted, X509Chain chain)
        => chain.ChainStatus.All(static status => status.Status is X509ChainStatusFlags.PartialChain or X509ChainStatusFlags.UntrustedRoot or X509ChainStatusFlags.NoError)
            && (trusted.Contains(certificate) || chain.ChainElements.Any(element => trusted.Contains(element.Certificate)));

    private X509Certificate2Collection? Read()
    {
        lock (_reading)
        {
            try
            {
                var pem = authorities.Read();
                if (_current is null || !pem.AsSpan().SequenceEqual(_pem))
                {
                    var read = new X509Certificate2Collection();
                    read.ImportFromPem(Encoding.UTF8.GetString(pem));
                    if (read.Count == 0)
                    {
                        throw new CryptographicException("There is no certificate in it.");
                    }

                    (_current, _pem) = (read, pem);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
            {
                Log.NotRead(logger, authorities.File ?? "certificate-authority-data", exception.GetType().Name);
            }

            return _current;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4, LogLevel.Warning, "The authorities '{File}' cannot be read ({Reason}). Those before are used, if any.", EventName = "AuthoritiesNotRead")]
        public static partial void NotRead(ILogger logger, string file, string reason);
    }
}

using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Ingress.Routing.Forwarding.Backends;

/// <summary>Verifies the certificates of backends with authorities of a policy.</summary>
internal sealed class BackendTrust
{
    private readonly X509Certificate2Collection _authorities = [];
    private readonly int _maxIntermediates;

    public BackendTrust(string authoritiesPem, int maxIntermediates)
    {
        _authorities.ImportFromPem(authoritiesPem);
        _maxIntermediates = maxIntermediates;
    }

    /// <summary>Whether a certificate is accepted.</summary>
    /// <param name="trust">The authorities; null for those of the operating system.</param>
    /// <param name="certificate">The certificate of the backend.</param>
    /// <param name="sent">The chain that the backend sent.</param>
    /// <param name="errors">What the operating system has against it.</param>
    /// <param name="name">The name that it has to be for.</param>
    public static bool Accepts(BackendTrust? trust, X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors, string? name)
    {
        if (certificate is not X509Certificate2 leaf || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            return false;
        }

        var isTrusted = trust is null ? !errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) : trust.Verifies(leaf, sent);
        return isTrusted && !string.IsNullOrEmpty(name) && leaf.MatchesHostname(name, allowWildcards: true, allowCommonName: false);
    }

    private bool Verifies(X509Certificate2 leaf, X509Chain? sent)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new("1.3.6.1.5.5.7.3.1")); // for servers
        if (sent is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        }

        try
        {
            // Between the leaf and the root; a leaf that is its own root has none.
            return chain.Build(leaf) && chain.ChainElements.Count - 2 <= _maxIntermediates;
        }
        finally
        {
            foreach (var element in chain.ChainElements)
            {
                element.Certificate.Dispose();
            }
        }
    }
}

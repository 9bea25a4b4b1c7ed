using System.Security.Cryptography.X509Certificates;

namespace Ingress.Routing.Acme;

/// <summary>Which CA is asked for certificates, for what, and how often. Read once, at the start.</summary>
public sealed class AcmeOptions
{
    /// <summary>The directory of Let's Encrypt for certificates that clients trust.</summary>
    public static Uri LetsEncrypt { get; } = new("https://acme-v02.api.letsencrypt.org/directory");

    /// <summary>The directory of Let's Encrypt to try things with: its limits are wide, and no client trusts its certificates.</summary>
    public static Uri LetsEncryptStaging { get; } = new("https://acme-staging-v02.api.letsencrypt.org/directory");

    /// <summary>The directory of the CA (RFC 8555, 7.1.1), over https. The default is <see cref="LetsEncrypt"/>.</summary>
    public Uri Directory { get; set; } = LetsEncrypt;

    /// <summary>Where the CA can write to about the certificates; null for nowhere.</summary>
    public string? Email { get; set; }

    /// <summary>Whether you agree to the terms of service of the CA. Most CAs make no account without it.</summary>
    public bool AgreeToTermsOfService { get; set; }

    /// <summary>The folder for account, keys and certificates, which only its owner may open. Needed unless an <see cref="IAcmeStorage"/> is registered.</summary>
    public string? StorageFolder { get; set; }

    /// <summary>Who vouches for the CA's own https; empty for whom the system trusts.</summary>
    public X509Certificate2Collection TrustedRoots { get; } = [];

    /// <summary>Which routed names are ordered for.</summary>
    public AcmeNameSelection Names { get; set; } = AcmeNameSelection.EntriesWithoutSecret;

    /// <summary>Which names share a certificate.</summary>
    public AcmeGrouping Grouping { get; set; } = AcmeGrouping.PerName;

    /// <summary>Says of a routed name, in lower case, whether it may be ordered for; null lets all. Has to be thread-safe, and always say the same of a name.</summary>
    public Func<string, bool>? NameFilter { get; set; }

    /// <summary>The ways to show who runs a host, best first. When one fails, the next attempt takes the next one.</summary>
    public IList<AcmeChallengeKind> Challenges { get; } = [AcmeChallengeKind.Http01, AcmeChallengeKind.TlsAlpn01, AcmeChallengeKind.Dns01];

    /// <summary>What keys of certificates are made of. Each certificate has a key of its own.</summary>
    public AcmeKeyKind KeyKind { get; set; } = AcmeKeyKind.EcdsaP256;

    /// <summary>What the key of the account is made of, when a new one is made.</summary>
    public AcmeKeyKind AccountKeyKind { get; set; } = AcmeKeyKind.EcdsaP256;

    /// <summary>The profile of certificates to ask for, such as <c>shortlived</c>, where the CA has profiles; null for its default.</summary>
    public string? Profile { get; set; }

    /// <summary>The common name of the issuer at the end of the wanted chain, where the CA offers several; null for its default.</summary>
    public string? PreferredChain { get; set; }

    /// <summary>The name of the key that binds the account to one of another kind (RFC 8555, 7.3.4); null when the CA asks for none.</summary>
    public string? ExternalAccountKeyId { get; set; }

    /// <summary>That key, in base64url.</summary>
    public string? ExternalAccountKey { get; set; }

    /// <summary>How many orders may be begun within an hour, 1 to 10,000. The default is 100: Let's Encrypt allows 300 in three hours.</summary>
    public int MaxOrdersPerHour { get; set; } = 100;

    /// <summary>How many orders may be under way at once, 1 to 100.</summary>
    public int MaxConcurrentOrders { get; set; } = 5;

    /// <summary>How long to wait after the first failure for a name. Each further one doubles it, up to <see cref="MaxRetryDelay"/>. A CA in trouble is left alone for a sixtieth of it at first, and for 15 minutes at most.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The longest wait after a failure, unless the CA asks for more.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromHours(12);

    /// <summary>How long the CA may take to answer a request.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an order may take before it is left for later. It is then taken up again, not begun anew.</summary>
    public TimeSpan OrderTimeout { get; set; } = TimeSpan.FromMinutes(5);
}

using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Ingress.Routing.Tls;

/// <summary>The authorities for client certificates and their revocation lists, as read; or why there are none. Immutable and thread-safe.</summary>
internal sealed class ClientAuthorities
{
    private readonly ImmutableArray<RevocationList> _revocationLists;

    private ClientAuthorities(
        ImmutableArray<X509Certificate2> certificates, ImmutableArray<RevocationList> revocationLists, string identity, string? problem)
    {
        Certificates = certificates;
        _revocationLists = revocationLists;
        Identity = identity;
        Problem = problem;
    }

    public ImmutableArray<X509Certificate2> Certificates { get; }

    /// <summary>The same for the same content, and for nothing else.</summary>
    public string Identity { get; }

    /// <summary>Why no authority is trusted; to follow "The Secret … ".</summary>
    public string? Problem { get; }

    /// <summary>No authorities.</summary>
    /// <param name="problem">Why; to follow "The Secret … ".</param>
    public static ClientAuthorities None(string problem) => new([], [], problem, problem);

    /// <summary>Reads PEM.</summary>
    /// <remarks>If anything in it is broken, no authority is trusted: half a list of revocations would let the other half in.</remarks>
    public static ClientAuthorities Of(string? authoritiesPem, string? revocationListsPem)
    {
        if (string.IsNullOrWhiteSpace(authoritiesPem))
        {
            return None("has no 'ca.crt'");
        }

        if (!TryReadCertificates(authoritiesPem, out var certificates))
        {
            return None("holds no readable PEM certificate in 'ca.crt', or a broken one among them");
        }

        return RevocationList.TryReadAll(revocationListsPem, out var lists, out var problem)
            ? new(certificates, lists, IdentityOf(authoritiesPem, revocationListsPem), null)
            : None(problem);
    }

    public bool Contains(X509Certificate2 certificate)
        => Certificates.Any(authority => authority.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span));

    /// <summary>Whether a certificate or an authority above it was revoked, or that is unknown.</summary>
    /// <param name="chain">The certificate first.</param>
    /// <param name="anchor">Where the first trusted authority stands.</param>
    /// <returns>
    /// Null when all is well. Without any list nothing is revoked; with one, each issuer up to the trusted authority needs a current one. Above it
    /// a list is needed no longer, but counts if there is one: an authority that is trusted by name can be revoked, too.
    /// </returns>
    public string? RevocationReason(IReadOnlyList<X509Certificate2> chain, int anchor, DateTimeOffset now)
    {
        if (_revocationLists.IsEmpty)
        {
            return null;
        }

        for (var i = 0; i + 1 < chain.Count; i++)
        {
            var (certificate, issuer) = (chain[i], chain[i + 1]);
            var lists = _revocationLists.Where(list => list.IsOf(issuer)).ToList();
            if (lists.Any(list => list.Revokes(certificate)))
            {
                return "it or an authority above it was revoked";
            }

            if (i < anchor && !lists.Any(list => list.IsCurrent(now)))
            {
                return lists.Count == 0 ? "there is no revocation list of its issuer" : "the revocation list of its issuer is out of date";
            }
        }

        return null;
    }

    /// <summary>Whether both trust the same authorities, whatever was revoked.</summary>
    public bool AreOf(ClientAuthorities other) => Certificates.Select(static certificate => certificate.Thumbprint)
        .SequenceEqual(other.Certificates.Select(static certificate => certificate.Thumbprint), StringComparer.Ordinal);

    private static bool TryReadCertificates(string pem, out ImmutableArray<X509Certificate2> certificates)
    {
        try
        {
            var read = new X509Certificate2Collection();
            read.ImportFromPem(pem);
            certificates = [.. read];
            return certificates.Length > 0;
        }
        catch (CryptographicException)
        {
            certificates = [];
            return false;
        }
    }

    private static string IdentityOf(string authoritiesPem, string? revocationListsPem)
        => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{authoritiesPem}\0{revocationListsPem}")));
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Ingress.Routing.Tls;

namespace Ingress.Routing;

/// <summary>Who vouches for client certificates, and how far. Immutable and thread-safe.</summary>
public sealed class ClientCertificateTrust : IEquatable<ClientCertificateTrust>
{
    private static readonly Oid s_clientAuthentication = new("1.3.6.1.5.5.7.3.2");

    private readonly ClientAuthorities _authorities;
    private readonly string? _subjectPattern;
    private readonly Regex? _subjects;

    internal ClientCertificateTrust(ClientAuthorities authorities, int maxIntermediates, string? subjectPattern = null)
    {
        _authorities = authorities;
        _subjectPattern = subjectPattern;
        _subjects = subjectPattern is null ? null : SubjectRegex(subjectPattern);
        MaxIntermediates = maxIntermediates;
    }

    /// <summary>How many intermediate authorities may stand between a certificate and a trusted one.</summary>
    public int MaxIntermediates { get; }

    /// <summary>Why no authority is trusted, such as a missing Secret; null when one is. Holds nothing of the content.</summary>
    public string? Problem => _authorities.Problem;

    /// <summary>How many authorities are trusted.</summary>
    internal int AuthoritiesCount => _authorities.Certificates.Length;

    /// <summary>The trusted authorities, for a TLS stack that names them to its clients. They belong to this object: do not dispose them.</summary>
    public X509Certificate2Collection GetAuthorities() => [.. _authorities.Certificates];

    /// <summary>The rules by which a chain is built; to be verified by <see cref="Verify(X509Certificate2, X509Chain, DateTimeOffset)"/> then.</summary>
    /// <returns>A policy of the caller's own. It trusts none but the authorities, and nothing is ever fetched.</returns>
    public X509ChainPolicy CreateChainPolicy()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck, // of what a certificate points to; the lists of the Secret are looked at all the same
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(GetAuthorities());
        policy.ApplicationPolicy.Add(s_clientAuthentication);
        return policy;
    }

    /// <summary>Verifies a certificate.</summary>
    /// <param name="certificate">The certificate that the client presented.</param>
    /// <param name="intermediates">What it sent along, in any order.</param>
    /// <param name="now">The time for which revocation lists have to be valid.</param>
    /// <exception cref="ArgumentNullException"><paramref name="certificate"/> or <paramref name="intermediates"/> is null.</exception>
    public ClientCertificateVerification Verify(
        X509Certificate2 certificate, IEnumerable<X509Certificate2> intermediates, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(intermediates);

        using var chain = new X509Chain { ChainPolicy = CreateChainPolicy() };
        chain.ChainPolicy.ExtraStore.AddRange(intermediates.ToArray());
        chain.Build(certificate);
        return Verify(certificate, chain, now);
    }

    /// <summary>Verifies a certificate whose chain a TLS stack has built.</summary>
    /// <param name="certificate">The certificate that the client presented.</param>
    /// <param name="chain">The chain, built by the rules of <see cref="CreateChainPolicy"/>, whatever came of it.</param>
    /// <param name="now">The time for which revocation lists have to be valid.</param>
    /// <exception cref="ArgumentNullException"><paramref name="certificate"/> or <paramref name="chain"/> is null.</exception>
    public ClientCertificateVerification Verify(X509Certificate2 certificate, X509Chain chain, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(chain);
        return ClientCertificateVerification.Of(certificate, ReasonAgainst(certificate, chain, now));
    }

    /// <summary>Whether both trust the same authorities, with the same revocation lists and as far.</summary>
    /// <param name="other">Another one.</param>
    public bool Equals(ClientCertificateTrust? other)
        => other is not null
            && MaxIntermediates == other.MaxIntermediates
            && _authorities.Identity == other._authorities.Identity
            && _subjectPattern == other._subjectPattern;

    /// <summary>Whether certificates with a subject are let in.</summary>
    /// <param name="subject">The subject as a distinguished name; null without a certificate.</param>
    public bool AdmitsSubject(string? subject) => _subjects is null || _subjects.IsMatch(subject ?? "");

    /// <summary>A pattern of subjects, which is matched in linear time.</summary>
    /// <exception cref="ArgumentException">It is no regular expression.</exception>
    /// <exception cref="NotSupportedException">It needs backtracking.</exception>
    internal static Regex SubjectRegex(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <summary>Whether both trust the same authorities, whatever was revoked and however far they trust.</summary>
    internal bool HasAuthoritiesOf(ClientCertificateTrust? other) => other is not null && _authorities.AreOf(other._authorities);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as ClientCertificateTrust);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(MaxIntermediates, _authorities.Identity);

    private string? ReasonAgainst(X509Certificate2 certificate, X509Chain chain, DateTimeOffset now)
    {
        if (Problem is not null)
        {
            return "no authority is known that could vouch for it";
        }

        var elements = chain.ChainElements;
        if (elements.Count == 0 || !elements[0].Certificate.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span))
        {
            return "its chain could not be built";
        }

        // An authority need not be a root, so where the chain ends is for the list of authorities to say, and not for the platform.
        var anchor = 0;
        while (anchor < elements.Count && !_authorities.Contains(elements[anchor].Certificate))
        {
            anchor++;
        }

        if (WrongWith(chain, anchor) is { } status and not X509ChainStatusFlags.NoError)
        {
            return TextOf(status);
        }

        if (anchor == elements.Count)
        {
            return "no trusted authority vouches for it";
        }

        return anchor - 1 > MaxIntermediates
            ? "more intermediate authorities stand behind it than are allowed"
            : _authorities.RevocationReason([.. elements.Select(static element => element.Certificate)], anchor, now);
    }

    // What is wrong above a trusted authority does not matter, as far as the platform says where it is: with times and signatures it does.
    private static X509ChainStatusFlags WrongWith(X509Chain chain, int anchor)
    {
        const X509ChainStatusFlags Unanchored = X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.UntrustedRoot;
        const X509ChainStatusFlags OfElements = X509ChainStatusFlags.NotTimeValid | X509ChainStatusFlags.NotSignatureValid;
        var flags = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, static (all, status) => all | status.Status) & ~OfElements;
        return chain.ChainElements.Take(anchor + 1)
            .SelectMany(static element => element.ChainElementStatus)
            .Aggregate(flags, static (all, status) => all | status.Status) & ~Unanchored;
    }

    // Not the text of the platform, which differs from one to the next.
    private static string TextOf(X509ChainStatusFlags status) => status switch
    {
        _ when status.HasFlag(X509ChainStatusFlags.NotTimeValid) => "it or an authority above it has expired, or is not valid yet",
        _ when status.HasFlag(X509ChainStatusFlags.NotSignatureValid) => "a signature is wrong",
        _ when status.HasFlag(X509ChainStatusFlags.NotValidForUsage) => "it is not meant for clients",
        _ when status.HasFlag(X509ChainStatusFlags.InvalidBasicConstraints) => "it was issued by something that is no authority, or too far below one",
        _ => $"its chain is not valid ({status})",
    };
}

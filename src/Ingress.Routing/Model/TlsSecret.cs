using System.Diagnostics.CodeAnalysis;
using Ingress.Routing.Tls;

namespace Ingress.Routing.Model;

/// <summary>A Secret that holds a certificate and its key (semantics 1.15), authorities for client certificates, or both.</summary>
/// <remarks>Neither <see cref="ToString"/> nor any diagnostic ever shows the key.</remarks>
public sealed record TlsSecret : KubernetesResource
{
    internal const string KindName = "Secret";

    // Read at most once for each instance, since that takes time; a copy with other content starts anew. It is the certificate itself, which
    // nearly all have, or else a TlsSecretReading: a reading for each Secret would be 32 bytes more.
    private object? _reading;
    private ClientAuthorities? _authorities;

    /// <summary>Creates an empty Secret.</summary>
    public TlsSecret()
    {
    }

    [SetsRequiredMembers]
    private TlsSecret(TlsSecret original)
        : base(original)
    {
        Type = original.Type;
        CertificatePem = original.CertificatePem;
        KeyPem = original.KeyPem;
        AuthoritiesPem = original.AuthoritiesPem;
        RevocationListsPem = original.RevocationListsPem;
        LastGood = original.LastGood;
    }

    /// <inheritdoc />
    public override string Kind => KindName;

    /// <summary>The type of the Secret, normally <c>kubernetes.io/tls</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The text of <c>tls.crt</c>: the certificate first, then its intermediates, in PEM; null when missing.</summary>
    public string? CertificatePem { get; init; }

    /// <summary>The text of <c>tls.key</c> in PEM; null when missing.</summary>
    public string? KeyPem { get; init; }

    /// <summary>The text of <c>ca.crt</c>: the authorities whose client certificates are trusted, in PEM; null when missing.</summary>
    public string? AuthoritiesPem { get; init; }

    /// <summary>The text of <c>ca.crl</c>: revocation lists of these authorities, in PEM; null when missing.</summary>
    public string? RevocationListsPem { get; init; }

    /// <summary>
    /// An earlier version of this Secret, whose certificate or authorities stand in for those that this one fails to give (semantics 11.9);
    /// null when there is none. No part of what was stored: whoever applies a change puts it there, as
    /// <see cref="IngressRouteTable.KeepLastGood"/> does. That version's own is never looked at.
    /// </summary>
    public TlsSecret? LastGood { get; init; }

    /// <summary>Compares what was stored, which <see cref="LastGood"/> is not.</summary>
    /// <param name="other">Another Secret.</param>
    public bool Equals(TlsSecret? other)
        => base.Equals(other) && Type == other.Type && CertificatePem == other.CertificatePem && KeyPem == other.KeyPem
            && AuthoritiesPem == other.AuthoritiesPem && RevocationListsPem == other.RevocationListsPem;

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Type, CertificatePem, AuthoritiesPem);

    /// <summary>Returns how diagnostics name the Secret, and nothing of its content.</summary>
    public override string ToString() => Reference.ToString();

    /// <summary>
    /// The certificate, or why there is none; both when that of an earlier version stands in. The first call reads it; thread-safe.
    /// </summary>
    internal TlsSecretReading Read()
    {
        var own = ReadOwn();
        return own.Certificate is null && LastGood?.ReadOwn().Certificate is { } kept ? own with { Certificate = kept } : own;
    }

    /// <summary>
    /// The authorities for client certificates, or why there are none; those of an earlier version when this one's are broken. The first call
    /// reads them; thread-safe.
    /// </summary>
    internal ClientAuthorities ReadAuthorities()
    {
        var own = ReadOwnAuthorities();
        return AuthoritiesProblem is not null && LastGood?.ReadOwnAuthorities() is { Problem: null } kept ? kept : own;
    }

    /// <summary>Why the authorities that were stored cannot be used. Null as well when none were: to take them out is to trust nobody.</summary>
    internal string? AuthoritiesProblem => string.IsNullOrWhiteSpace(AuthoritiesPem) ? null : ReadOwnAuthorities().Problem;

    private ClientAuthorities ReadOwnAuthorities()
        => Volatile.Read(ref _authorities)
            ?? Interlocked.CompareExchange(ref _authorities, ClientAuthorities.Of(AuthoritiesPem, RevocationListsPem), null)
            ?? _authorities;

    /// <summary>This Secret, knowing what came before it: with its last good version if it needs one, and with what is read already.</summary>
    /// <param name="earlier">The version in force.</param>
    internal TlsSecret Following(TlsSecret earlier)
    {
        if (LastGood is not null || Equals(earlier))
        {
            return LastGood is null ? earlier : this;
        }

        var isSame = CertificatePem == earlier.CertificatePem && KeyPem == earlier.KeyPem;
        var lastGood = LastGoodAfter(earlier, isSame);
        if (!isSame)
        {
            return lastGood is null ? this : this with { LastGood = lastGood, _reading = _reading };
        }

        // The same certificate stays the same instance, and with it everything that was made of it, such as sessions that can be resumed.
        return this with
        {
            CertificatePem = earlier.CertificatePem,
            KeyPem = earlier.KeyPem,
            LastGood = lastGood,
            _reading = earlier._reading,
        };
    }

    private TlsSecret? LastGoodAfter(TlsSecret earlier, bool isSame)
    {
        TlsSecret?[] versions = [earlier, earlier.LastGood];
        var hasLost = isSame && earlier.LastGood is null ? null // then both give one, or neither does
            : ReadOwn().Certificate is not null ? null
            : versions.FirstOrDefault(static version => version?.ReadOwn().Certificate is not null);
        if (hasLost is null && AuthoritiesProblem is not null)
        {
            hasLost = versions.FirstOrDefault(static version => version?.AuthoritiesPem is not null && version.ReadOwnAuthorities().Problem is null);
        }

        // No version keeps another one alive.
        return hasLost?.LastGood is null ? hasLost : hasLost with { LastGood = null, _reading = hasLost._reading };
    }

    private TlsSecretReading ReadOwn()
    {
        var reading = Volatile.Read(ref _reading) ?? Interlocked.CompareExchange(ref _reading, Kept(TlsSecretReading.Of(this)), null) ?? _reading;
        return reading is TlsCertificate certificate ? new(certificate, null) : (TlsSecretReading)reading;
    }

    private static object Kept(TlsSecretReading reading) => (object?)reading.Certificate ?? reading;
}

using System.Diagnostics.CodeAnalysis;
using Ingress.Routing.Tls;

namespace Ingress.Routing.Model;

/// <summary>A <c>v1</c> Secret of any type: entries that only those see who are named by it (semantics 1.15).</summary>
/// <remarks>
/// Most hold a certificate and its key, authorities for client certificates, or both; these have properties of their own. Neither
/// <see cref="ToString"/> nor any diagnostic ever shows a value.
/// </remarks>
public sealed record SecretResource : KubernetesResource
{
    internal const string KindName = "Secret";

    /// <summary>The <see cref="Type"/> of a Secret with a certificate and its key.</summary>
    public const string TlsType = "kubernetes.io/tls";

    private const string CertificateEntry = "tls.crt";
    private const string KeyEntry = "tls.key";
    private const string AuthoritiesEntry = "ca.crt";
    private const string RevocationListsEntry = "ca.crl";

    private readonly ObjectData<ReadOnlyMemory<byte>> _data = ObjectData<ReadOnlyMemory<byte>>.Empty;

    // Read at most once for each instance, since that takes time; a copy with other content starts anew. It is the certificate itself, which
    // nearly all have, or else a TlsSecretReading: a reading for each Secret would be 32 bytes more.
    private object? _reading;
    private ClientAuthorities? _authorities;

    /// <summary>Creates an empty Secret.</summary>
    public SecretResource()
    {
    }

    [SetsRequiredMembers]
    private SecretResource(SecretResource original)
        : base(original)
    {
        Type = original.Type;
        _data = original._data;
        LastGood = original.LastGood;
    }

    /// <inheritdoc />
    public override string Kind => KindName;

    /// <summary>The type, such as <see cref="TlsType"/>; null means <c>Opaque</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The entries, decoded.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Data
    {
        get => _data;
        init => _data = ObjectData<ReadOnlyMemory<byte>>.Of(value);
    }

    /// <summary>The entry <c>tls.crt</c> as text: the certificate first, then its intermediates, in PEM; null when missing.</summary>
    public string? CertificatePem
    {
        get => _data.TextOf(CertificateEntry);
        init => _data = _data.WithText(CertificateEntry, value);
    }

    /// <summary>The entry <c>tls.key</c> as text, in PEM; null when missing.</summary>
    public string? KeyPem
    {
        get => _data.TextOf(KeyEntry);
        init => _data = _data.WithText(KeyEntry, value);
    }

    /// <summary>The entry <c>ca.crt</c> as text: the authorities whose client certificates are trusted, in PEM; null when missing.</summary>
    public string? AuthoritiesPem
    {
        get => _data.TextOf(AuthoritiesEntry);
        init => _data = _data.WithText(AuthoritiesEntry, value);
    }

    /// <summary>The entry <c>ca.crl</c> as text: revocation lists of these authorities, in PEM; null when missing.</summary>
    public string? RevocationListsPem
    {
        get => _data.TextOf(RevocationListsEntry);
        init => _data = _data.WithText(RevocationListsEntry, value);
    }

    /// <summary>
    /// An earlier version of this Secret, whose certificate or authorities stand in for those that this one fails to give (semantics 11.9);
    /// null when there is none. No part of what was stored: whoever applies a change puts it there, as
    /// <see cref="IngressRouteTable.KeepLastGood"/> does. That version's own is never looked at.
    /// </summary>
    public SecretResource? LastGood { get; init; }

    /// <summary>Compares what was stored, which <see cref="LastGood"/> is not.</summary>
    /// <param name="other">Another Secret.</param>
    public bool Equals(SecretResource? other)
        => base.Equals(other) && Type == other.Type && _data.Equals(other._data);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Type, _data);

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
    internal SecretResource Following(SecretResource earlier)
    {
        if (LastGood is not null || Equals(earlier))
        {
            return LastGood is null ? earlier : this;
        }

        var isSame = HasSame(CertificateEntry, earlier) && HasSame(KeyEntry, earlier);
        var lastGood = LastGoodAfter(earlier, isSame);
        if (!isSame)
        {
            return lastGood is null ? this : this with { LastGood = lastGood, _reading = _reading };
        }

        // The same certificate stays the same instance, and with it everything that was made of it, such as sessions that can be resumed.
        return this with
        {
            Data = WithSame(CertificateEntry, WithSame(KeyEntry, _data, earlier), earlier),
            LastGood = lastGood,
            _reading = earlier._reading,
        };
    }

    private bool HasSame(string entry, SecretResource earlier)
        => _data.TryGetValue(entry, out var own) == earlier._data.TryGetValue(entry, out var other) && own.Span.SequenceEqual(other.Span);

    // The bytes themselves, so that they are not kept twice.
    private static ObjectData<ReadOnlyMemory<byte>> WithSame(string entry, ObjectData<ReadOnlyMemory<byte>> data, SecretResource earlier)
        => earlier._data.TryGetValue(entry, out var bytes) ? data.With(entry, bytes) : data;

    private SecretResource? LastGoodAfter(SecretResource earlier, bool isSame)
    {
        SecretResource?[] versions = [earlier, earlier.LastGood];
        var hasLost = isSame && earlier.LastGood is null ? null // then both give one, or neither does
            : ReadOwn().Certificate is not null ? null
            : versions.FirstOrDefault(static version => version?.ReadOwn().Certificate is not null);
        if (hasLost is null && AuthoritiesProblem is not null)
        {
            hasLost = versions.FirstOrDefault(static version => version?._data.ContainsKey(AuthoritiesEntry) == true && version.ReadOwnAuthorities().Problem is null);
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

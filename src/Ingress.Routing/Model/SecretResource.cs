using System.Diagnostics.CodeAnalysis;

namespace Ingress.Routing.Model;

/// <summary>A <c>v1</c> Secret of any type: entries, decoded (semantics 1.15).</summary>
/// <remarks>
/// Most hold a certificate and its key, authorities for client certificates, or both; these have properties of their own. Neither
/// <see cref="ToString"/> nor any diagnostic ever shows a value.
/// </remarks>
public sealed record SecretResource : KubernetesResource
{
    internal const string KindName = "Secret";

    /// <summary>The <see cref="Type"/> of a Secret with a certificate and its key.</summary>
    public const string TlsType = "kubernetes.io/tls";

    internal const string CertificateEntry = "tls.crt";
    internal const string KeyEntry = "tls.key";
    internal const string AuthoritiesEntry = "ca.crt";
    private const string RevocationListsEntry = "ca.crl";

    private readonly ObjectData<ReadOnlyMemory<byte>> _data = ObjectData<ReadOnlyMemory<byte>>.Empty;

    // What was read of this instance, once, since that takes time; a copy with other content starts anew.
    private object? _certificate;
    private object? _authorities;

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
    /// null when there is none. No part of what was stored: the code that applies a change puts it there, as
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

    /// <summary>Where those who read the certificate keep what they found.</summary>
    internal ref object? CertificateReading => ref _certificate;

    /// <summary>Where those who read the authorities keep what they found.</summary>
    internal ref object? AuthoritiesReading => ref _authorities;

    /// <summary>The same Secret, with another one as <see cref="LastGood"/>, and with what was read of it.</summary>
    internal SecretResource WithLastGood(SecretResource? lastGood) => this with { LastGood = lastGood, _certificate = _certificate };

    /// <summary>This Secret with the very entries of another one under some keys, and with what was read of that one's certificate.</summary>
    internal SecretResource WithEntriesOf(SecretResource other, SecretResource? lastGood, params ReadOnlySpan<string> keys)
    {
        var data = _data;
        foreach (var key in keys)
        {
            data = other._data.TryGetValue(key, out var bytes) ? data.With(key, bytes) : data;
        }

        return this with { Data = data, LastGood = lastGood, _certificate = other._certificate };
    }

    /// <summary>Whether another Secret has the same bytes under a key, or both have none.</summary>
    internal bool HasEntryOf(SecretResource other, string key)
        => _data.TryGetValue(key, out var own) == other._data.TryGetValue(key, out var others) && own.Span.SequenceEqual(others.Span);
}

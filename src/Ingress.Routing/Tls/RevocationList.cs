using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ingress.Routing.Tls;

/// <summary>A certificate revocation list (RFC 5280, section 5). Immutable and thread-safe.</summary>
/// <remarks>Ours, because the platform takes revocation lists from the network and from its own store alone.</remarks>
internal sealed class RevocationList
{
    private const string Label = "X509 CRL";

    private static readonly Asn1Tag s_extensions = new(TagClass.ContextSpecific, 0);

    private readonly ReadOnlyMemory<byte> _signedPart;
    private readonly ReadOnlyMemory<byte> _issuer;
    private readonly SignatureScheme _scheme;
    private readonly byte[] _signature;
    private readonly DateTimeOffset _thisUpdate;
    private readonly DateTimeOffset? _nextUpdate;
    private readonly FrozenSet<string> _serialNumbers;

    // Which issuer the signature was checked against last; there is nearly always just one.
    private Checked? _checked;

    private RevocationList(
        ReadOnlyMemory<byte> signedPart,
        ReadOnlyMemory<byte> issuer,
        SignatureScheme scheme,
        byte[] signature,
        (DateTimeOffset ThisUpdate, DateTimeOffset? NextUpdate) validity,
        FrozenSet<string> serialNumbers)
    {
        _signedPart = signedPart;
        _issuer = issuer;
        _scheme = scheme;
        _signature = signature;
        (_thisUpdate, _nextUpdate) = validity;
        _serialNumbers = serialNumbers;
    }

    /// <summary>Reads all lists of a PEM text.</summary>
    /// <param name="pem">The text; null when there is none. An empty one is broken: what fills it has failed.</param>
    /// <param name="problem">Why one of them cannot be used; to follow "The Secret … ".</param>
    public static bool TryReadAll(string? pem, out ImmutableArray<RevocationList> lists, [NotNullWhen(false)] out string? problem)
    {
        lists = [];
        problem = null;
        if (pem is null)
        {
            return true;
        }

        var blocks = PemBlocks(pem);
        var found = blocks.Select(TryRead).OfType<RevocationList>().ToImmutableArray();

        // A block that is cut off is no block for the reader of PEM, and what it revokes must not be overlooked.
        if (found.IsEmpty || found.Length < pem.AsSpan().Count("-----BEGIN "))
        {
            problem = "holds a revocation list in 'ca.crl' that is broken, partial, or signed in a way that is not supported";
            return false;
        }

        lists = found;
        return true;
    }

    /// <summary>Whether an authority issued the list.</summary>
    public bool IsOf(X509Certificate2 issuer)
        => issuer.SubjectName.RawData.AsSpan().SequenceEqual(_issuer.Span) && IsSignedBy(issuer);

    public bool Revokes(X509Certificate2 certificate) => _serialNumbers.Contains(Convert.ToHexString(certificate.SerialNumberBytes.Span));

    public bool IsCurrent(DateTimeOffset now) => _thisUpdate <= now && !(_nextUpdate < now);

    private static List<byte[]> PemBlocks(ReadOnlySpan<char> pem)
    {
        var blocks = new List<byte[]>();
        while (PemEncoding.TryFind(pem, out var fields))
        {
            if (pem[fields.Label] is Label)
            {
                blocks.Add(Convert.FromBase64String(pem[fields.Base64Data].ToString()));
            }

            pem = pem[fields.Location.End..];
        }

        return blocks;
    }

    private static RevocationList? TryRead(byte[] der)
    {
        try
        {
            return Read(der);
        }
        catch (Exception exception) when (exception is AsnContentException or CryptographicException)
        {
            return null;
        }
    }

    private static RevocationList? Read(byte[] der)
    {
        var outer = new AsnReader(der, AsnEncodingRules.DER);
        var sequence = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        var signedPart = sequence.PeekEncodedValue();
        var body = sequence.ReadSequence();
        var algorithm = sequence.ReadEncodedValue();
        var signature = sequence.ReadBitString(out _);
        sequence.ThrowIfNotEmpty();

        if (body.PeekTag().HasSameClassAndValue(Asn1Tag.Integer))
        {
            body.ReadInteger();
        }

        // The algorithm stands inside as well, so that it is signed too.
        if (!body.ReadEncodedValue().Span.SequenceEqual(algorithm.Span) || SignatureScheme.TryRead(algorithm) is not { } scheme)
        {
            return null;
        }

        var issuer = body.ReadEncodedValue();
        var thisUpdate = ReadTime(body);
        DateTimeOffset? nextUpdate = body.HasData && IsTime(body.PeekTag()) ? ReadTime(body) : null;
        var serialNumbers = new HashSet<string>(StringComparer.Ordinal);
        if (body.HasData && body.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence))
        {
            var entries = body.ReadSequence();
            while (entries.HasData)
            {
                serialNumbers.Add(Convert.ToHexString(entries.ReadSequence().ReadIntegerBytes().Span));
            }
        }

        // What is critical and unknown narrows the list in a way that must not be overlooked, such as to some kinds of certificates.
        if (body.HasData && HasCriticalExtension(body.ReadSequence(s_extensions).ReadSequence()))
        {
            return null;
        }

        body.ThrowIfNotEmpty();
        return new(signedPart, issuer, scheme, signature, (thisUpdate, nextUpdate), serialNumbers.ToFrozenSet(StringComparer.Ordinal));
    }

    private static bool IsTime(Asn1Tag tag)
        => tag.HasSameClassAndValue(Asn1Tag.UtcTime) || tag.HasSameClassAndValue(Asn1Tag.GeneralizedTime);

    private static DateTimeOffset ReadTime(AsnReader reader)
        => reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) ? reader.ReadUtcTime() : reader.ReadGeneralizedTime();

    private static bool HasCriticalExtension(AsnReader extensions)
    {
        while (extensions.HasData)
        {
            var extension = extensions.ReadSequence();
            extension.ReadObjectIdentifier();
            if (extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && extension.ReadBoolean())
            {
                return true;
            }
        }

        return false;
    }

    private bool IsSignedBy(X509Certificate2 issuer)
    {
        var key = issuer.PublicKey.ExportSubjectPublicKeyInfo();
        if (Volatile.Read(ref _checked) is { } known && known.Key.AsSpan().SequenceEqual(key))
        {
            return known.IsGood;
        }

        var isGood = _scheme.Verify(issuer, _signedPart.Span, _signature);
        Volatile.Write(ref _checked, new(key, isGood));
        return isGood;
    }

    private sealed record Checked(byte[] Key, bool IsGood);
}

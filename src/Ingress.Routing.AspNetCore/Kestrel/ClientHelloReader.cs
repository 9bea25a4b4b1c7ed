using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Ingress.Routing.AspNetCore.Kestrel;

/// <summary>Reads from the first bytes of a TLS connection with which keys its client can be served (RFC 8446, 4.1.2 and 4.2.3).</summary>
/// <remarks>
/// The platform tells of a ClientHello no more than name and versions. Whatever is not understood here counts as every kind of key: the TLS
/// stack itself refuses what is malformed.
/// </remarks>
internal static class ClientHelloReader
{
    private const int RecordHeader = 5;
    private const int HandshakeHeader = 4;
    private const byte HandshakeRecord = 22;
    private const byte ClientHello = 1;

    // A hello with everything there is takes a few kilobytes. Beyond this the rest is not waited for, and a client that sends byte by byte
    // has each of them looked at again. What is spread over several records does not come here.
    private const int MostBytes = 16 * 1024;

    private const ushort ServerName = 0;
    private const ushort SignatureAlgorithms = 13;
    private const ushort ApplicationProtocols = 16;
    private const ushort SupportedVersions = 43;
    private const ushort Tls13 = 0x0304;

    /// <summary>Reads a hello, perhaps spread over several records.</summary>
    /// <param name="received">What has come so far.</param>
    /// <returns>Null as long as it is not all there.</returns>
    public static CertificateKeyKinds? Read(in ReadOnlySequence<byte> received) => Read(received, KindsOf, CertificateKeyKinds.All);

    /// <summary>Reads whether it is a CA that checks who runs a host: it offers <c>acme-tls/1</c> alone (RFC 8737, 3).</summary>
    /// <param name="received">What has come so far.</param>
    /// <returns>Null as long as it is not all there.</returns>
    public static ChallengeHello? ReadChallenge(in ReadOnlySequence<byte> received) => Read(received, ChallengeOf, default(ChallengeHello));

    private delegate T ReadBody<T>(ReadOnlySpan<byte> body);

    private static T? Read<T>(in ReadOnlySequence<byte> received, ReadBody<T> read, T otherwise)
        where T : struct
    {
        var bytes = received.IsSingleSegment ? received.FirstSpan : received.ToArray();
        var rented = ArrayPool<byte>.Shared.Rent(Math.Min(bytes.Length, MostBytes));
        try
        {
            var hello = Unwrap(bytes, rented, out var length);
            return hello == Progress.Complete ? read(rented.AsSpan(HandshakeHeader, length - HandshakeHeader))
                : hello == Progress.Malformed || received.Length >= MostBytes ? otherwise
                : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private enum Progress
    {
        More,
        Complete,
        Malformed,
    }

    // Takes the handshake message out of its records.
    private static Progress Unwrap(ReadOnlySpan<byte> records, Span<byte> message, out int length)
    {
        length = 0;
        while (records.Length >= RecordHeader)
        {
            var size = BinaryPrimitives.ReadUInt16BigEndian(records[3..]);
            if (records[0] != HandshakeRecord || size == 0)
            {
                return Progress.Malformed;
            }

            var content = records[RecordHeader..][..Math.Min(size, records.Length - RecordHeader)];
            if (length + content.Length > message.Length)
            {
                return Progress.Malformed;
            }

            content.CopyTo(message[length..]);
            length += content.Length;
            if (length > 0 && message[0] != ClientHello)
            {
                return Progress.Malformed;
            }

            if (length >= HandshakeHeader && HandshakeHeader + ReadUInt24(message[1..]) is var total && length >= total)
            {
                length = total;
                return Progress.Complete;
            }

            if (content.Length < size)
            {
                return Progress.More;
            }

            records = records[(RecordHeader + size)..];
        }

        return Progress.More;
    }

    /// <summary>The server name (RFC 6066, 3); null when there is none.</summary>
    /// <param name="body">A hello without its handshake header.</param>
    public static string? ServerNameOf(ReadOnlySpan<byte> body)
    {
        if (!TryFindExtensions(body, out _, out var extensions))
        {
            return null;
        }

        var reader = new VectorReader(extensions);
        while (reader.TryReadExtension(out var type, out var content))
        {
            // A list with one name, which begins with a byte for its kind: that of a host is 0.
            if (type == ServerName)
            {
                return new VectorReader(content).TryRead16(out var names)
                    && names is [0, ..]
                    && new VectorReader(names[1..]).TryRead16(out var name)
                    && Ascii.IsValid(name)
                        ? Encoding.ASCII.GetString(name)
                        : null;
            }
        }

        return null;
    }

    /// <summary>The kinds of keys that a client takes.</summary>
    /// <param name="body">A hello without its handshake header.</param>
    public static CertificateKeyKinds KindsOf(ReadOnlySpan<byte> body)
    {
        if (!TryFindExtensions(body, out var cipherSuites, out var extensions))
        {
            return CertificateKeyKinds.All;
        }

        var offered = CertificateKeyKinds.All;
        var speaksTls13 = false;
        var reader = new VectorReader(extensions);
        while (reader.TryReadExtension(out var type, out var content))
        {
            if (type == SignatureAlgorithms && new VectorReader(content).TryRead16(out var schemes))
            {
                offered = KindsOfSchemes(schemes);
            }
            else if (type == SupportedVersions && new VectorReader(content).TryRead8(out var versions))
            {
                speaksTls13 = Contains(versions, Tls13);
            }
        }

        // Up to TLS 1.2 a cipher suite also names the kind of key.
        var usable = speaksTls13 ? offered : offered & KindsOfCipherSuites(cipherSuites);
        return usable == CertificateKeyKinds.None ? CertificateKeyKinds.All : usable;
    }

    // A list with one name of ten bytes.
    private static ReadOnlySpan<byte> OnlyChallenge => "\0\u000b\u000aacme-tls/1"u8;

    private static ChallengeHello ChallengeOf(ReadOnlySpan<byte> body)
    {
        if (!TryFindExtensions(body, out _, out var extensions))
        {
            return default;
        }

        var reader = new VectorReader(extensions);
        while (reader.TryReadExtension(out var type, out var content))
        {
            if (type == ApplicationProtocols)
            {
                return content.SequenceEqual(OnlyChallenge) ? new(ServerNameOf(body)) : default;
            }
        }

        return default;
    }

    private static bool TryFindExtensions(ReadOnlySpan<byte> body, out ReadOnlySpan<byte> cipherSuites, out ReadOnlySpan<byte> extensions)
    {
        cipherSuites = default;
        extensions = default;
        var reader = new VectorReader(body);
        return reader.TrySkip(2 + 32) // version and random
            && reader.TryRead8(out _) // session id
            && reader.TryRead16(out cipherSuites)
            && reader.TryRead8(out _) // compression
            && reader.TryRead16(out extensions);
    }

    private static CertificateKeyKinds KindsOfSchemes(ReadOnlySpan<byte> schemes)
    {
        var kinds = CertificateKeyKinds.None;
        for (; schemes.Length >= 2; schemes = schemes[2..])
        {
            kinds |= BinaryPrimitives.ReadUInt16BigEndian(schemes) switch
            {
                0x0804 or 0x0805 or 0x0806 => CertificateKeyKinds.Rsa, // rsa_pss_rsae_*
                var scheme when (scheme & 0xFF) == 1 && scheme >> 8 is >= 2 and <= 6 => CertificateKeyKinds.Rsa, // rsa_pkcs1_*
                var scheme when (scheme & 0xFF) == 3 && scheme >> 8 is >= 2 and <= 6 => CertificateKeyKinds.Ecdsa, // ecdsa_*
                _ => CertificateKeyKinds.None,
            };
        }

        return kinds;
    }

    // The names of the suites say it; those that say neither belong to TLS 1.3, or to kinds of keys that are not in use.
    private static CertificateKeyKinds KindsOfCipherSuites(ReadOnlySpan<byte> suites)
    {
        var kinds = CertificateKeyKinds.None;
        for (; suites.Length >= 2; suites = suites[2..])
        {
            kinds |= BinaryPrimitives.ReadUInt16BigEndian(suites) switch
            {
                0xC006 or 0xC007 or 0xC008 or 0xC009 or 0xC00A or 0xC023 or 0xC024 or 0xC02B or 0xC02C or 0xC05C or 0xC05D or 0xC072 or 0xC073
                    or 0xC086 or 0xC087 or 0xC0AC or 0xC0AD or 0xC0AE or 0xC0AF or 0xCCA9 => CertificateKeyKinds.Ecdsa,
                (>= 0x1301 and <= 0x1307) or 0x00FF or 0x5600 => CertificateKeyKinds.None,
                var suite when (suite & 0x0F0F) == 0x0A0A && suite >> 8 == (suite & 0xFF) => CertificateKeyKinds.None, // GREASE (RFC 8701)
                _ => CertificateKeyKinds.Rsa,
            };
        }

        return kinds;
    }

    private static bool Contains(ReadOnlySpan<byte> versions, ushort version)
    {
        for (; versions.Length >= 2; versions = versions[2..])
        {
            if (BinaryPrimitives.ReadUInt16BigEndian(versions) == version)
            {
                return true;
            }
        }

        return false;
    }

    private static int ReadUInt24(ReadOnlySpan<byte> bytes) => (bytes[0] << 16) | (bytes[1] << 8) | bytes[2];

    /// <summary>Reads texts that are preceded by their length.</summary>
    private ref struct VectorReader(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> _rest = bytes;

        public bool TrySkip(int count) => TryTake(count, out _);

        public bool TryRead8(out ReadOnlySpan<byte> content)
        {
            content = default;
            return TryTake(1, out var length) && TryTake(length[0], out content);
        }

        public bool TryRead16(out ReadOnlySpan<byte> content)
        {
            content = default;
            return TryTake(2, out var length) && TryTake(BinaryPrimitives.ReadUInt16BigEndian(length), out content);
        }

        public bool TryReadExtension(out ushort type, out ReadOnlySpan<byte> content)
        {
            type = 0;
            content = default;
            if (!TryTake(2, out var number) || !TryRead16(out content))
            {
                return false;
            }

            type = BinaryPrimitives.ReadUInt16BigEndian(number);
            return true;
        }

        private bool TryTake(int count, out ReadOnlySpan<byte> content)
        {
            if (_rest.Length < count)
            {
                content = default;
                return false;
            }

            content = _rest[..count];
            _rest = _rest[count..];
            return true;
        }
    }
}

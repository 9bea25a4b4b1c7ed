namespace Ingress.Routing.Tls;

/// <summary>Reads DER, element by element. Stricter than any parser of the platform, and never throws.</summary>
/// <remarks>Only single-byte tags and lengths in their shortest form: a certificate needs no others.</remarks>
internal ref struct DerReader(ReadOnlySpan<byte> data)
{
    private ReadOnlySpan<byte> _rest = data;

    /// <summary>Whether everything was read.</summary>
    public readonly bool IsEmpty => _rest.IsEmpty;

    /// <summary>The next tag; zero, which no element has, at the end.</summary>
    public readonly byte NextTag => _rest.IsEmpty ? (byte)0 : _rest[0];

    /// <summary>Opens a constructed element that must be all that there is.</summary>
    public static bool TryOpen(ReadOnlySpan<byte> data, byte tag, out DerReader content)
    {
        var reader = new DerReader(data);
        return reader.TryOpen(tag, out content) && reader.IsEmpty;
    }

    /// <summary>Opens a constructed element.</summary>
    public bool TryOpen(byte tag, out DerReader content)
    {
        var isThere = TryRead(tag, out var bytes);
        content = new(bytes);
        return isThere;
    }

    /// <summary>Reads the content of an element.</summary>
    public bool TryRead(byte tag, out ReadOnlySpan<byte> content)
    {
        content = default;
        if (_rest.Length < 2 || _rest[0] != tag)
        {
            return false;
        }

        var (start, length) = _rest[1] switch
        {
            < 0x80 => (2, _rest[1]),
            0x81 when _rest.Length > 3 && _rest[2] >= 0x80 => (3, _rest[2]),
            0x82 when _rest.Length > 4 && _rest[2] != 0 => (4, (_rest[2] << 8) | _rest[3]),
            0x83 when _rest.Length > 5 && _rest[2] != 0 => (5, (_rest[2] << 16) | (_rest[3] << 8) | _rest[4]),
            _ => (0, -1),
        };
        if (length < 0 || length > _rest.Length - start)
        {
            return false;
        }

        content = _rest.Slice(start, length);
        _rest = _rest[(start + length)..];
        return true;
    }

    /// <summary>Reads an INTEGER of either sign, in its shortest form.</summary>
    public bool TryReadInteger(out ReadOnlySpan<byte> bytes)
        => TryRead(DerTag.Integer, out bytes)
            && !bytes.IsEmpty
            && !(bytes.Length > 1 && ((bytes[0] == 0 && bytes[1] < 0x80) || (bytes[0] == 0xFF && bytes[1] >= 0x80)));

    /// <summary>Reads a positive INTEGER.</summary>
    /// <param name="bytes">Its bytes without a leading zero.</param>
    public bool TryReadPositive(out ReadOnlySpan<byte> bytes)
    {
        if (!TryReadInteger(out bytes) || bytes[0] >= 0x80 || bytes is [0])
        {
            return false;
        }

        bytes = bytes[0] == 0 ? bytes[1..] : bytes;
        return true;
    }

    /// <summary>Reads an INTEGER of one digit.</summary>
    public bool TryReadVersion(byte version) => TryReadInteger(out var bytes) && bytes is [var digit] && digit == version;

    /// <summary>Reads an OBJECT IDENTIFIER.</summary>
    public bool TryReadOid(out ReadOnlySpan<byte> oid)
    {
        const int LongestOid = 32;
        if (!TryRead(DerTag.Oid, out oid) || oid.IsEmpty || oid.Length > LongestOid || oid[^1] >= 0x80 || oid[0] >= 0x80)
        {
            return false;
        }

        // No number begins with a digit of zero, and none is too large for a word.
        var digits = 0;
        foreach (var value in oid)
        {
            if ((digits == 0 && value == 0x80) || digits == 4)
            {
                return false;
            }

            digits = value >= 0x80 ? digits + 1 : 0;
        }

        return true;
    }

    /// <summary>Reads a BIT STRING of whole bytes.</summary>
    public bool TryReadBytesOfBits(out ReadOnlySpan<byte> bytes)
    {
        if (!TryRead(DerTag.BitString, out bytes) || bytes is not [0, _, ..])
        {
            return false;
        }

        bytes = bytes[1..];
        return true;
    }

    /// <summary>Reads an AlgorithmIdentifier whose parameters are absent, null or an OBJECT IDENTIFIER.</summary>
    /// <param name="parameters">The OBJECT IDENTIFIER; empty when absent or null.</param>
    /// <param name="isNull">Whether they are null.</param>
    public bool TryReadAlgorithm(out ReadOnlySpan<byte> oid, out ReadOnlySpan<byte> parameters, out bool isNull)
    {
        parameters = default;
        isNull = false;
        oid = default;
        if (!TryOpen(DerTag.Sequence, out var algorithm) || !algorithm.TryReadOid(out oid))
        {
            return false;
        }

        isNull = algorithm.NextTag == DerTag.Null;
        return (algorithm.IsEmpty || (isNull ? algorithm.TryRead(DerTag.Null, out var nothing) && nothing.IsEmpty : algorithm.TryReadOid(out parameters)))
            && algorithm.IsEmpty;
    }
}

using System.Buffers;
using System.Buffers.Binary;

namespace Ingress.Routing.AspNetCore.Kestrel;

/// <summary>Takes the ClientHello of a connection out of its records while they arrive (RFC 8446, 5.1). Each byte is looked at once.</summary>
/// <remarks>
/// A client may spread its hello over records as it likes. The platform reads the server name out of the first record alone, and OpenSSL
/// goes on without it, so that the client would get the default certificate or none.
/// </remarks>
internal sealed class ClientHelloRecords
{
    private const int RecordHeader = 5;
    private const int HandshakeHeader = 4;
    private const int LargestRecord = 16 * 1024;
    private const byte HandshakeRecord = 22;
    private const byte ClientHello = 1;

    // OpenSSL takes no longer hello than this, and no client sends a hundredth of it.
    private const int LongestHello = 131_396;

    // A hello of one byte a record, as far as anybody would go for a test of it; a record costs a client six bytes, and us little more.
    private const int MostRecords = 4096;

    private readonly ArrayBufferWriter<byte> _message = new();
    private int _records;
    private byte _minorVersion;

    /// <summary>How many bytes of the connection the records take.</summary>
    public long Length { get; private set; }

    /// <summary>The hello without its handshake header, when it was spread over several records.</summary>
    public ReadOnlySpan<byte> Body => _message.WrittenSpan[HandshakeHeader..];

    /// <summary>Reads on.</summary>
    /// <param name="received">Everything that has come so far.</param>
    /// <returns>
    /// Null as long as it takes more; true when the hello is complete and in several records; false when it is in one, or is none: then the
    /// platform does all that can be done.
    /// </returns>
    public bool? Read(in ReadOnlySequence<byte> received)
    {
        Span<byte> header = stackalloc byte[RecordHeader + HandshakeHeader];
        while (true)
        {
            var rest = received.Slice(Length);
            var known = header[..(int)Math.Min(rest.Length, header.Length)];
            rest.Slice(0, known.Length).CopyTo(known);
            if (known is [not HandshakeRecord, ..] or [_, not 3, ..])
            {
                return false;
            }

            if (known.Length < RecordHeader)
            {
                return null;
            }

            var size = BinaryPrimitives.ReadUInt16BigEndian(known[3..]);
            if (size is 0 or > LargestRecord || _records == MostRecords)
            {
                return false;
            }

            // Nearly every hello is in its first record, which need not be all there to say so.
            if (_records == 0 && size >= HandshakeHeader && known.Length == header.Length && IsWithin(known[RecordHeader..], size))
            {
                return false;
            }

            if (rest.Length < RecordHeader + size)
            {
                return null;
            }

            Take(rest.Slice(RecordHeader, size), known[2]);
            var message = _message.WrittenSpan;
            if (message[0] != ClientHello || (message.Length >= HandshakeHeader && LengthOf(message) > LongestHello))
            {
                return false;
            }

            if (message.Length >= HandshakeHeader && IsWithin(message, message.Length))
            {
                return true;
            }
        }
    }

    /// <summary>The same handshake bytes in as few records as they fit into; what is signed and hashed is no part of the record layer.</summary>
    public byte[] ToFewRecords()
    {
        var message = _message.WrittenSpan;
        var records = new ArrayBufferWriter<byte>(message.Length + (RecordHeader * ((message.Length / LargestRecord) + 1)));
        while (!message.IsEmpty)
        {
            var size = Math.Min(message.Length, LargestRecord);
            ReadOnlySpan<byte> header = [HandshakeRecord, 3, _minorVersion, (byte)(size >> 8), (byte)size];
            records.Write(header);
            records.Write(message[..size]);
            message = message[size..];
        }

        return records.WrittenSpan.ToArray();
    }

    private void Take(in ReadOnlySequence<byte> content, byte minorVersion)
    {
        _minorVersion = _records == 0 ? minorVersion : _minorVersion;
        _records++;
        Length += RecordHeader + content.Length;
        foreach (var part in content)
        {
            _message.Write(part.Span);
        }
    }

    private static bool IsWithin(ReadOnlySpan<byte> message, int length) => HandshakeHeader + LengthOf(message) <= length;

    private static int LengthOf(ReadOnlySpan<byte> message) => (message[1] << 16) | (message[2] << 8) | message[3];
}

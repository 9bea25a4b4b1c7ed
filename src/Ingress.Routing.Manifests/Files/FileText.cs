using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Ingress.Routing.Manifests.Syntax;

namespace Ingress.Routing.Manifests.Files;

/// <summary>Decodes the bytes of a file.</summary>
internal static class FileText
{
    /// <summary>
    /// Decodes UTF-8, or UTF-16 behind a byte order mark, as <c>kubectl</c> does; Windows PowerShell writes such files. Each byte that is no
    /// UTF-8 becomes <see cref="CharacterCheck.InvalidBytes"/>.
    /// </summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
        => bytes.StartsWith("\uFEFF"u8) ? DecodeUtf8(bytes[3..])
            : bytes is [0xFF, 0xFE, ..] ? DecodeUtf16(bytes[2..], Encoding.Unicode)
            : bytes is [0xFE, 0xFF, ..] ? DecodeUtf16(bytes[2..], Encoding.BigEndianUnicode)
            : DecodeUtf8(bytes);

    // Half a surrogate pair, and half a character at the end, become U+FFFD, as they do for kubectl.
    private static string DecodeUtf16(ReadOnlySpan<byte> bytes, Encoding encoding) => encoding.GetString(bytes);

    private static string DecodeUtf8(ReadOnlySpan<byte> bytes)
    {
        var buffer = ArrayPool<char>.Shared.Rent(bytes.Length); // no byte is more than one UTF-16 unit
        var length = 0;
        while (true)
        {
            var status = Utf8.ToUtf16(bytes, buffer.AsSpan(length), out var read, out var written, replaceInvalidSequences: false);
            length += written;
            if (status == OperationStatus.Done)
            {
                break;
            }

            buffer[length++] = CharacterCheck.InvalidBytes;
            bytes = bytes[(read + 1)..];
        }

        var text = new string(buffer, 0, length);
        ArrayPool<char>.Shared.Return(buffer, clearArray: true); // it may have held a key
        return text;
    }
}

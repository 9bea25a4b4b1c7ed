using System.Buffers;
using System.Text.Unicode;
using Ingress.Routing.Manifests.Syntax;

namespace Ingress.Routing.Manifests.Files;

/// <summary>Decodes the bytes of a file.</summary>
internal static class FileText
{
    /// <summary>Decodes UTF-8; each byte that is none becomes <see cref="CharacterCheck.InvalidBytes"/>.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\uFEFF"u8))
        {
            bytes = bytes[3..];
        }

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

using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Ingress.Routing.Forwarding;

/// <summary>Has Kestrel read and write header values as bytes: one character each (Latin-1), so that what is passed on is what was received.</summary>
/// <remarks>An application that chose an encoding itself keeps it.</remarks>
internal sealed class HeaderBytes : IPostConfigureOptions<KestrelServerOptions>
{
    private static readonly Encoding s_contentLength = new DigitsEncoding();
    private static readonly Encoding s_host = new HostEncoding();
    private static readonly Encoding s_connection = new ConnectionEncoding();

    public void PostConfigure(string? name, KestrelServerOptions options)
    {
        var defaults = new KestrelServerOptions();
        if (ReferenceEquals(options.RequestHeaderEncodingSelector, defaults.RequestHeaderEncodingSelector))
        {
            options.RequestHeaderEncodingSelector = EncodingOf;
        }

        if (ReferenceEquals(options.ResponseHeaderEncodingSelector, defaults.ResponseHeaderEncodingSelector))
        {
            options.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;
        }
    }

    /// <summary>How the value of a request header is read.</summary>
    internal static Encoding EncodingOf(string header)
    {
        if (header.Equals(HeaderNames.ContentLength, StringComparison.OrdinalIgnoreCase))
        {
            return s_contentLength;
        }

        if (header.Equals(HeaderNames.Host, StringComparison.OrdinalIgnoreCase))
        {
            return s_host;
        }

        return header.Equals(HeaderNames.Connection, StringComparison.OrdinalIgnoreCase) ? s_connection : Encoding.Latin1;
    }

    /// <summary>Latin-1, read with a difference.</summary>
    private abstract class ReadingEncoding : Encoding
    {
        public override int GetByteCount(char[] chars, int index, int count) => Latin1.GetByteCount(chars, index, count);

        public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex)
            => Latin1.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

        public override int GetCharCount(byte[] bytes, int index, int count) => GetCharCount(bytes.AsSpan(index, count));

        public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
            => GetChars(bytes.AsSpan(byteIndex, byteCount), chars.AsSpan(charIndex));

        public override int GetMaxByteCount(int charCount) => charCount;

        public override int GetMaxCharCount(int byteCount) => byteCount;
    }

    /// <summary>Makes a <c>Content-Length</c> unreadable that is anything but digits. Kestrel takes <c>+3</c> for 3 (RFC 9110, 8.6).</summary>
    private sealed class DigitsEncoding : ReadingEncoding
    {
        public override int GetCharCount(ReadOnlySpan<byte> bytes) => bytes.Length;

        public override int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars)
        {
            // Kestrel offers room for one digit more than a length can have, and refuses what fills it.
            var count = Math.Min(bytes.Length, chars.Length);
            for (var i = 0; i < count; i++)
            {
                chars[i] = char.IsAsciiDigit((char)bytes[i]) ? (char)bytes[i] : 'x';
            }

            return count;
        }
    }

    /// <summary>Leaves an empty port out: it is legal, means the default one (RFC 3986, 3.2.3), and Kestrel refuses it.</summary>
    private sealed class HostEncoding : ReadingEncoding
    {
        public override int GetCharCount(ReadOnlySpan<byte> bytes) => WithoutEmptyPort(bytes).Length;

        public override int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars) => Latin1.GetChars(WithoutEmptyPort(bytes), chars);

        private static ReadOnlySpan<byte> WithoutEmptyPort(ReadOnlySpan<byte> host) => host is [_, .., (byte)':'] ? host[..^1] : host;
    }

    /// <summary>Keeps the names of headers in <c>Connection</c>. Kestrel drops them where exactly one option that it knows is beside them.</summary>
    /// <remarks>With two options it leaves the value alone. They are added, and so the connection is closed after the response.</remarks>
    private sealed class ConnectionEncoding : ReadingEncoding
    {
        private const string TwoOptions = ", keep-alive, close";

        public override int GetMaxCharCount(int byteCount) => byteCount + TwoOptions.Length;

        public override int GetCharCount(ReadOnlySpan<byte> bytes) => bytes.Length + (NamesHeaders(bytes) ? TwoOptions.Length : 0);

        public override int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars)
        {
            var count = Latin1.GetChars(bytes, chars);
            if (!NamesHeaders(bytes))
            {
                return count;
            }

            TwoOptions.CopyTo(chars[count..]);
            return count + TwoOptions.Length;
        }

        private static bool NamesHeaders(ReadOnlySpan<byte> value)
        {
            foreach (var range in value.Split((byte)','))
            {
                var option = value[range].Trim(" \t"u8);
                if (!option.IsEmpty && !Is(option, "keep-alive"u8) && !Is(option, "close"u8) && !Is(option, "upgrade"u8))
                {
                    return true;
                }
            }

            return false;
        }

        private static bool Is(ReadOnlySpan<byte> option, ReadOnlySpan<byte> known) => Ascii.EqualsIgnoreCase(option, known);
    }
}

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Ingress.Routing.Manifests.Files;

/// <summary>The SHA-256 hash of a text: equal hashes, equal texts.</summary>
internal readonly record struct DocumentHash(UInt128 Head, UInt128 Tail)
{
    public static DocumentHash Of(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan()), hash);
        return new(BinaryPrimitives.ReadUInt128LittleEndian(hash), BinaryPrimitives.ReadUInt128LittleEndian(hash[16..]));
    }
}

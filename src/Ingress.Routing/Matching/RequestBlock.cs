using System.Runtime.Intrinsics;

namespace Ingress.Routing.Matching;

/// <summary>A canonical request path, with its first block ready to be compared.</summary>
/// <param name="block">The first block; lanes beyond the path hold anything.</param>
/// <param name="slashes">A bit for each slash of the path in that block.</param>
/// <param name="text">The path.</param>
internal readonly ref struct RequestBlock(Vector256<byte> block, uint slashes, ReadOnlySpan<char> text)
{
    public Vector256<byte> Block { get; } = block;

    public uint Slashes { get; } = slashes;

    public ReadOnlySpan<char> Text { get; } = text;
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Ingress.Routing.Matching;

namespace Ingress.Routing.Tests.Matching;

/// <summary>The layout that the matcher reads through.</summary>
public sealed class HostCellTests
{
    [Fact]
    public void Cell_IsAnObjectAndABlock_AndNothingElse()
        => Assert.Equal(Unsafe.SizeOf<nint>() + Vector256<byte>.Count, Unsafe.SizeOf<HostCell>());

    [Fact]
    public void Text_IsWhatWasWritten_InEveryCellOfAnArray()
    {
        var texts = Enumerable.Range(0, 5).Select(static i => Vector256<byte>.Indices + Vector256.Create((byte)(7 * i))).ToList();

        HostCell[] cells = [.. texts.Select(static (text, i) => new HostCell($"{i}", text))];

        Assert.Equal(texts, cells.Select(static cell => cell.Text));
        Assert.Equal([0, 7, 14, 21, 28], cells.Select(static cell => cell.FirstByte));
        Assert.Equal(["0", "1", "2", "3", "4"], cells.Select(static cell => cell.ItemAs<string>()));
    }

    [Fact]
    public void Entry_IsAWordOfTheText()
    {
        var cell = new HostCell(null, Vector256<uint>.Indices.AsByte());

        Assert.Equal([0u, 1, 2, 3, 4, 5, 6, 7], Enumerable.Range(0, 8).Select(cell.Entry));
        Assert.Null(cell.ItemAs<string>());
    }
}

#if DEBUG
using System.Runtime.InteropServices;
using Ingress.Routing.Matching;

namespace Ingress.Routing.Tests.Matching;

/// <summary>That the assertions behind what the matcher does not check are there, and fail a test. Debug builds only, as they are.</summary>
public sealed unsafe class MatcherAssertionTests
{
    [Fact]
    public void ItemAs_AnotherType_Fails() => AssertFails(() => new HostCell("text", default).ItemAs<IngressRoute>());

    [Theory]
    [InlineData(-1)]
    [InlineData(8)]
    public void Entry_BeyondTheCell_Fails(int index) => AssertFails(() => new HostCell(null, default).Entry(index));

    [Fact]
    public void Read_TextAtTheEndOfAMemoryPage_Fails()
    {
        const int PageSize = 4096;
        var pages = (char*)NativeMemory.AlignedAlloc(2 * PageSize, PageSize);
        try
        {
            AssertFails(() => TextBlock.Read(pages + (PageSize / sizeof(char)) - 3, 3));
            AssertFails(() => TextBlock.Read(null, 0));
            _ = TextBlock.Read(pages, 3);
        }
        finally
        {
            NativeMemory.AlignedFree(pages);
        }
    }

    [Fact]
    public void FindCells_BlockThatGoesOnBehindTheName_Fails()
        => AssertFails(() => HostTable<HostBucket>.Empty.FindCells(TextBlock.Copy("h.test:80"), (uint)"h.test".Length));

    [Fact]
    public void Find_HostWhosePathsAreNotRoutes_Fails()
    {
        HostCell[] cells = [new(null, TextBlock.Copy("h.test")), new("no route", PathText.WithEnd(TextBlock.Copy("/p"), 2, PathText.PrefixEnd))];

        AssertFails(() => PathTable.Find(cells, "/p", default));
    }

    // The test host and the framework throw exceptions of their own here, which are not public.
    private static void AssertFails(Func<object?> action)
        => Assert.Contains("Assert", Assert.ThrowsAny<Exception>(action).GetType().Name, StringComparison.Ordinal);
}
#endif

using Ingress.Routing.AspNetCore.Limits;

namespace Ingress.Routing.AspNetCore.Tests.Limits;

public sealed class MemoryGuardTests
{
    [Theory]
    [InlineData(50, 50, 50, false)]
    [InlineData(81, 85, 85, true)] // what is on the heap is needed
    [InlineData(50, 95, 60, false)] // garbage
    [InlineData(50, 95, 92, true)]
    public void Look_SomeUse_IsShortOfWhatNoCollectionGivesBack(int heap, int process, int processAfterwards, bool isShort)
    {
        var use = new SomeMemory { Heap = heap, Process = process, ProcessAfterwards = processAfterwards };
        using var guard = new MemoryGuard(use);

        guard.Look();

        Assert.Equal(isShort, guard.IsShort);
        Assert.Equal(heap <= 80 && process > 90 ? 1 : 0, use.Collections);
    }

    [Fact]
    public void Look_LessIsUsed_IsOverAtOnce()
    {
        var use = new SomeMemory { Heap = 90, Process = 90 };
        using var guard = new MemoryGuard(use);
        guard.Look();
        Assert.True(guard.IsShort);

        use.Heap = 10;
        use.Process = 20;
        guard.Look();

        Assert.False(guard.IsShort);
    }

    private sealed class SomeMemory : IMemoryUse
    {
        public long Available => 100;

        public long Heap { get; set; }

        public long Process { get; set; }

        public long ProcessAfterwards { get; init; }

        public int Collections { get; private set; }

        public void Collect()
        {
            Process = ProcessAfterwards;
            Collections++;
        }
    }
}

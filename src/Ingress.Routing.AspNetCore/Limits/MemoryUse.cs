namespace Ingress.Routing.AspNetCore.Limits;

/// <summary>Asks the runtime.</summary>
internal sealed class MemoryUse : IMemoryUse
{
    public long Available { get; } = GC.GetGCMemoryInfo(GCKind.Any).TotalAvailableMemoryBytes is > 0 and var bytes ? bytes : long.MaxValue;

    public long Heap => GC.GetGCMemoryInfo(GCKind.Any).HeapSizeBytes;

    public long Process => Environment.WorkingSet;

    public void Collect() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
}

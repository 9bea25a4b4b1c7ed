namespace Ingress.Routing.AspNetCore.Limits;

/// <summary>How much memory there is, and who has it; in bytes.</summary>
internal interface IMemoryUse
{
    /// <summary>What the process may have.</summary>
    long Available { get; }

    /// <summary>What the last collection has left on the heap.</summary>
    long Heap { get; }

    /// <summary>What the process has in all.</summary>
    long Process { get; }

    /// <summary>Collects everything, and gives back what is free.</summary>
    void Collect();
}

namespace Ingress.Routing.AspNetCore.Limits;

/// <summary>Says that memory is nearly used up. It is asked by every request, and looks a few times a second.</summary>
/// <remarks>
/// What the process may have is what the runtime takes from the limit of its container, or the memory of the machine. Two things count: what was left
/// on the heap by the last collection, and what the process takes in all, buffers of the operating system for TLS included. The latter holds garbage too, so it
/// counts only after a full collection, of which there is one every ten seconds at most.
/// </remarks>
internal sealed class MemoryGuard : IDisposable
{
    private const double MostOfHeap = 0.8;
    private const double MostOfProcess = 0.9;
    private const long MillisecondsPerCollection = 10_000;

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(250);

    private readonly IMemoryUse _use;
    private readonly Timer _timer;
    private long _collectedAt = -MillisecondsPerCollection;

    public MemoryGuard(IMemoryUse use)
    {
        _use = use;
        Available = use.Available;
        _timer = new Timer(static state => ((MemoryGuard)state!).Look(), this, s_look, s_look);
    }

    /// <summary>How much memory the process may have, in bytes.</summary>
    public long Available { get; }

    /// <summary>Whether nothing more may be begun.</summary>
    public bool IsShort { get; private set; }

    public void Dispose() => _timer.Dispose();

    /// <summary>Looks how much is used.</summary>
    internal void Look()
    {
        if (_use.Heap > Available * MostOfHeap)
        {
            IsShort = true;
            return;
        }

        if (_use.Process <= Available * MostOfProcess)
        {
            IsShort = false;
            return;
        }

        if (Environment.TickCount64 - _collectedAt < MillisecondsPerCollection)
        {
            return; // what the last collection has found still holds
        }

        _use.Collect();
        _collectedAt = Environment.TickCount64;
        IsShort = _use.Process > Available * MostOfProcess;
    }
}

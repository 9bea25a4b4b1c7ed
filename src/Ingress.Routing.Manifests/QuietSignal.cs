using System.Threading.Channels;

namespace Ingress.Routing.Manifests;

/// <summary>Says that something may have changed, once it is quiet: editors and tools write in several steps.</summary>
/// <remarks>Raised by any thread, awaited by one.</remarks>
internal sealed class QuietSignal(TimeProvider time, ManifestWatchOptions options)
{
    // Holds one signal at most: however often it was raised, there is one look to take.
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private long _lastRaised;
    private long? _unrestBegan;

    public void Raise()
    {
        Volatile.Write(ref _lastRaised, time.GetTimestamp());
        _signals.Writer.TryWrite(true);
    }

    /// <summary>Waits until it is raised, and then for a while in which it is not.</summary>
    /// <returns>Whether there was such a while, or waiting for it took too long.</returns>
    public async Task<bool> WaitAsync(CancellationToken cancellationToken)
    {
        await _signals.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        var started = time.GetTimestamp();
        var isQuiet = false;
        while (time.GetElapsedTime(started) < options.LongestWait)
        {
            var rest = options.QuietTime - time.GetElapsedTime(Volatile.Read(ref _lastRaised));
            if (rest <= TimeSpan.Zero)
            {
                isQuiet = true;
                break;
            }

            await Task.Delay(rest, time, cancellationToken).ConfigureAwait(false);
        }

        // Taken before anyone looks, so that what happens meanwhile is signalled anew.
        _signals.Reader.TryRead(out _);
        _unrestBegan = isQuiet ? null : _unrestBegan ?? started;
        return _unrestBegan is not { } began || time.GetElapsedTime(began) > options.LongestRestlessTime;
    }
}

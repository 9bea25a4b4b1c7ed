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
    private bool _needsWhole;

    public void Raise()
    {
        Volatile.Write(ref _lastRaised, time.GetTimestamp());
        Wake();
    }

    /// <summary>Has the next wait begin, though nothing has happened since it was raised last.</summary>
    public void Wake() => _signals.Writer.TryWrite(true);

    /// <summary>Has the next wait begin, and go on until it has been quiet for the whole time. To be called by the one that waits.</summary>
    public void WaitForWhole()
    {
        _needsWhole = true;
        Wake();
    }

    /// <summary>Waits until it is raised, and then for a while in which it is not.</summary>
    /// <param name="needed">How long that has to be, as far as is known now; asked again and again.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<QuietKind> WaitAsync(Func<TimeSpan> needed, CancellationToken cancellationToken)
    {
        await _signals.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        var started = time.GetTimestamp();
        var kind = QuietKind.None;
        while (time.GetElapsedTime(started) < options.LongestWait)
        {
            // Once it took too long, only the whole time shows that it is over.
            var enough = _needsWhole || _unrestBegan is not null ? options.QuietTime : needed();
            var elapsed = time.GetElapsedTime(Volatile.Read(ref _lastRaised));
            if (elapsed >= enough)
            {
                kind = elapsed >= options.QuietTime ? QuietKind.Whole : QuietKind.Brief;
                break;
            }

            await Task.Delay(enough - elapsed, time, cancellationToken).ConfigureAwait(false);
        }

        // Taken before anyone looks, so that what happens meanwhile is signalled anew.
        _signals.Reader.TryRead(out _);
        _needsWhole = false;
        if (kind == QuietKind.Brief)
        {
            return kind;
        }

        _unrestBegan = kind == QuietKind.Whole ? null : _unrestBegan ?? started;
        return _unrestBegan is not { } began || time.GetElapsedTime(began) > options.LongestRestlessTime ? QuietKind.Whole : QuietKind.None;
    }
}

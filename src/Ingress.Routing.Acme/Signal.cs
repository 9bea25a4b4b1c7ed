using System.Threading.Channels;

namespace Ingress.Routing.Acme;

/// <summary>Wakes one waiter, now or when it next waits. Thread-safe.</summary>
internal sealed class Signal(TimeProvider time)
{
    private readonly Channel<bool> _channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => _channel.Writer.TryWrite(true);

    /// <summary>Waits for a call of <see cref="Set"/>, but no longer than a while.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public async Task WaitAsync(TimeSpan most, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(most > TimeSpan.Zero ? most : TimeSpan.FromMilliseconds(1), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _channel.Reader.ReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The while is over.
        }
    }
}

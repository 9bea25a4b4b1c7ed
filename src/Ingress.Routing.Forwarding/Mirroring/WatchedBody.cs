using System.Buffers;

namespace Ingress.Routing.Forwarding.Mirroring;

/// <summary>The body of a request, of which a copy is kept while it is read, up to a bound.</summary>
/// <param name="inner">The body.</param>
/// <param name="whole">Receives the copy when the body has come to its end within the bound.</param>
/// <param name="incomplete">Called instead when it has not.</param>
/// <remarks>One of the two is called, once.</remarks>
internal sealed class WatchedBody(Stream inner, Action<ReadOnlyMemory<byte>> whole, Action incomplete) : ReadOnlyStream
{
    /// <summary>The largest body that is copied.</summary>
    public const int MaxLength = 1 << 20;

    private ArrayBufferWriter<byte>? _copy = new();
    private int _isDone;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken);
        Watch(buffer.Span[..count], isEnd: count == 0 && !buffer.IsEmpty);
        return count;
    }

    /// <summary>Says that nothing reads it any more. What was not read to its end is not copied.</summary>
    public void End()
    {
        if (Interlocked.Exchange(ref _isDone, 1) == 0)
        {
            incomplete();
        }
    }

    private void Watch(ReadOnlySpan<byte> read, bool isEnd)
    {
        if (_copy is null)
        {
            return;
        }

        if (isEnd)
        {
            if (Interlocked.Exchange(ref _isDone, 1) == 0)
            {
                whole(_copy.WrittenMemory);
            }
        }
        else if (_copy.WrittenCount + read.Length <= MaxLength)
        {
            _copy.Write(read);
            return;
        }

        _copy = null; // too large, or handed over
    }
}

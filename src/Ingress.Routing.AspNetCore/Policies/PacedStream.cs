using Ingress.Routing.Policies;

namespace Ingress.Routing.AspNetCore;

/// <summary>Writes no faster than a rate: each piece waits until those before it would have gone at that rate.</summary>
internal sealed class PacedStream(Stream inner, ResponseRate rate, TimeProvider time) : Stream
{
    // So that bytes arrive steadily, and not those of a whole second at once.
    private const int PiecesPerSecond = 10;

    private readonly int _piece = (int)Math.Clamp(rate.BytesPerSecond / PiecesPerSecond, 1, 1 << 20);
    private long _ahead = rate.After;
    private long _started;
    private long _paced;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var free = (int)Math.Min(_ahead, buffer.Length);
        if (free > 0 || buffer.IsEmpty)
        {
            _ahead -= free;
            await inner.WriteAsync(buffer[..free], cancellationToken);
        }

        for (var rest = buffer[free..]; !rest.IsEmpty;)
        {
            await WaitAsync(cancellationToken);
            var piece = rest[..Math.Min(_piece, rest.Length)];
            await inner.WriteAsync(piece, cancellationToken);
            _paced += piece.Length;
            rest = rest[piece.Length..];
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => inner.Flush();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private Task WaitAsync(CancellationToken cancellationToken)
    {
        if (_paced == 0)
        {
            _started = time.GetTimestamp();
            return Task.CompletedTask;
        }

        var due = TimeSpan.FromTicks((long)((double)_paced / rate.BytesPerSecond * TimeSpan.TicksPerSecond));
        var wait = due - time.GetElapsedTime(_started);
        return wait > TimeSpan.Zero ? Task.Delay(wait, time, cancellationToken) : Task.CompletedTask;
    }
}

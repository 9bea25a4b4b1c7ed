using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Ingress.Routing.AspNetCore.Limits;

/// <summary>The body of a request that has to come in at some speed for as long as nothing has been answered.</summary>
/// <remarks>
/// Only the time counts during which it is waited for the client: a backend that takes nothing is not the client's fault. Each byte makes up for some of
/// it. A response that has begun ends this: the two sides talk to each other now, and either may be quiet.
/// </remarks>
/// <param name="inner">The body.</param>
/// <param name="reader">The reader behind it, whose read can be ended from another thread.</param>
/// <param name="response">Whether the response has begun.</param>
/// <param name="bounds">How slow it may be.</param>
internal sealed class ClientBody(Stream inner, PipeReader reader, IHttpResponseFeature response, RequestBounds bounds) : Stream, IRequestBodyProgressFeature
{
    private const int NotWaiting = -1;

    private long _waitingSince = NotWaiting;
    private long _debt; // milliseconds waited that no byte has made up for
    private volatile bool _isTooSlow;
    private volatile bool _mayBeQuiet;

    public bool IsTooSlow => _isTooSlow;

    public bool MayBeQuiet { get => _mayBeQuiet; set => _mayBeQuiet = value; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Ends the read that waits, if it has waited for too long. By any thread.</summary>
    /// <param name="now">The time, in milliseconds of the system clock.</param>
    /// <returns>Whether it was ended.</returns>
    public bool EndIfTooSlow(long now)
    {
        var since = Volatile.Read(ref _waitingSince);
        if (since == NotWaiting || _isTooSlow || _mayBeQuiet || response.HasStarted || Volatile.Read(ref _debt) + now - since <= bounds.BodyMilliseconds)
        {
            return false;
        }

        _isTooSlow = true;
        reader.CancelPendingRead();
        return true;
    }

    // Most of what is read is there already, or comes soon.
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var reading = inner.ReadAsync(buffer, cancellationToken);
        if (!reading.IsCompletedSuccessfully)
        {
            return WaitAsync(reading);
        }

        var count = reading.Result;
        MakeUp(0, count);
        return new(count);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // Kestrel allows it where it is asked to, and then there is a thread that waits.
    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private async ValueTask<int> WaitAsync(ValueTask<int> reading)
    {
        var since = Environment.TickCount64;
        Volatile.Write(ref _waitingSince, since);
        try
        {
            var count = await reading;
            MakeUp(Environment.TickCount64 - since, count);
            return count;
        }
        catch (OperationCanceledException) when (_isTooSlow)
        {
            throw new BadHttpRequestException("The body of the request came too slowly.", StatusCodes.Status408RequestTimeout);
        }
        finally
        {
            Volatile.Write(ref _waitingSince, NotWaiting);
        }
    }

    // What came fast at first does not buy a longer silence later.
    private void MakeUp(long waited, int count)
    {
        if (waited > 0 || _debt > 0)
        {
            Volatile.Write(ref _debt, Math.Max(0, _debt + waited - (count * 1000L / bounds.BodyRate)));
        }
    }
}

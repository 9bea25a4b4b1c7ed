using System.Net;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.Forwarding.Backends;

/// <summary>The body of a request that may have to be sent again: while nothing of it has been read, or where it is kept.</summary>
internal sealed class RequestBody : HttpContent
{
    private readonly HttpContent _streamed;
    private readonly Stream _received;
    private readonly long? _length;
    private BackendTimer? _timer;
    private TaskCompletionSource? _sending;

    public RequestBody(HttpContent streamed, HttpRequest request)
    {
        _streamed = streamed;
        _received = request.Body;

        // What is kept needs no chunks.
        _length = streamed.Headers.ContentLength ?? (_received.CanSeek ? _received.Length : null);
        foreach (var (name, values) in streamed.Headers.NonValidated)
        {
            Headers.TryAddWithoutValidation(name, values);
        }
    }

    /// <summary>Whether another endpoint can be sent all of it.</summary>
    public bool CanBeSentAgain => _sending is null || IsKept;

    /// <summary>Whether only its end tells how long it is.</summary>
    public bool HasUnknownLength => _length is null;

    /// <summary>Whether it is none.</summary>
    public bool IsEmpty => _length == 0;

    // What gathers bodies before they are sent leaves one that can be read again.
    private bool IsKept => _received.CanSeek || _length == 0;

    /// <summary>Begins an attempt.</summary>
    /// <param name="timer">Told when pieces are sent; null when nothing waits.</param>
    public void Begin(BackendTimer? timer) => _timer = timer;

    /// <summary>Goes back to its beginning, once nothing reads it any more.</summary>
    public async Task RewindAsync()
    {
        if (_sending is null)
        {
            return;
        }

        await _sending.Task;
        if (_received.CanSeek)
        {
            _received.Position = 0;
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var sending = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _sending = sending;
        var timer = _timer;
        try
        {
            var target = timer is null ? stream : new TimedRequestStream(stream, timer);
            if (_received.CanSeek)
            {
                await _received.CopyToAsync(target, cancellationToken);
            }
            else if (_length != 0)
            {
                await _streamed.CopyToAsync(target, context, cancellationToken);
            }

            timer?.StartWaiting();
        }
        finally
        {
            sending.SetResult();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _length ?? 0;
        return _length is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _streamed.Dispose();
        }

        base.Dispose(disposing);
    }
}

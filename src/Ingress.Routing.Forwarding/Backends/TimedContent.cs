using System.Net;

namespace Ingress.Routing.Forwarding.Backends;

/// <summary>The body of a response whose pieces are waited for, or an upgraded connection.</summary>
internal sealed class TimedContent : HttpContent
{
    private readonly HttpContent _content;
    private readonly BackendTimer _timer;
    private readonly bool _isUpgrade;

    public TimedContent(HttpContent content, BackendTimer timer, bool isUpgrade)
    {
        _content = content;
        _timer = timer;
        _isUpgrade = isUpgrade;
        foreach (var (name, values) in content.Headers.NonValidated)
        {
            Headers.TryAddWithoutValidation(name, values);
        }
    }

    protected override async Task<Stream> CreateContentReadStreamAsync() => new TimedStream(await _content.ReadAsStreamAsync(), _timer, _isUpgrade);

    protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken)
        => new TimedStream(await _content.ReadAsStreamAsync(cancellationToken), _timer, _isUpgrade);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => _content.CopyToAsync(stream, context);

    protected override bool TryComputeLength(out long length)
    {
        length = _content.Headers.ContentLength ?? 0;
        return _content.Headers.ContentLength is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
            _timer.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Reads, and writes where the connection was upgraded. What happens either way ends the wait for both.</summary>
    private sealed class TimedStream(Stream stream, BackendTimer timer, bool isUpgrade) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => isUpgrade;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            timer.StartReading();
            using var linked = cancellationToken == timer.Outer ? null : CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
            try
            {
                return await stream.ReadAsync(buffer, linked?.Token ?? timer.Token);
            }
            catch (OperationCanceledException) when (timer.HasExpired)
            {
                throw new IOException(timer.Cause, new TimeoutException(timer.Cause));
            }
            finally
            {
                if (!isUpgrade)
                {
                    timer.Stop();
                }
            }
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
            => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await stream.WriteAsync(buffer, cancellationToken);
            timer.StartReading();
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
            => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override Task FlushAsync(CancellationToken cancellationToken) => stream.FlushAsync(cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                timer.Stop();
                stream.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}

using System.Net;

namespace Ingress.Routing.Forwarding;

/// <summary>A body that has to be as long as it says. Over HTTP/1.1 HttpClient sees to it; over HTTP/2 it is the backend's word.</summary>
internal sealed class MeasuredContent : HttpContent
{
    private readonly HttpContent _content;
    private readonly long _length;

    public MeasuredContent(HttpContent content, long length)
    {
        _content = content;
        _length = length;
        foreach (var (name, values) in content.Headers.NonValidated)
        {
            Headers.TryAddWithoutValidation(name, values);
        }
    }

    protected override async Task<Stream> CreateContentReadStreamAsync() => new MeasuredStream(await _content.ReadAsStreamAsync(), _length);

    protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken)
        => new MeasuredStream(await _content.ReadAsStreamAsync(cancellationToken), _length);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => _content.CopyToAsync(stream, context);

    protected override bool TryComputeLength(out long length)
    {
        length = _length;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
        }

        base.Dispose(disposing);
    }

    private sealed class MeasuredStream(Stream stream, long left) : ReadOnlyStream
    {
        private long _left = left;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await stream.ReadAsync(buffer, cancellationToken);
            _left -= count;
            if (_left < 0)
            {
                throw new HttpIOException(HttpRequestError.InvalidResponse, "The backend sent more content than its Content-Length says.");
            }

            if (count == 0 && buffer.Length > 0 && _left > 0)
            {
                throw new HttpIOException(HttpRequestError.InvalidResponse, "The backend sent less content than its Content-Length says.");
            }

            return count;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                stream.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}

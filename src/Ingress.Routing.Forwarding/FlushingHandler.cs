using System.Net;

namespace Ingress.Routing.Forwarding;

/// <summary>Sends each piece of a request body on as it arrives.</summary>
/// <remarks>
/// HttpClient gathers small writes, and YARP flushes only what looks like gRPC. A client that sends a line and waits for the answer to it
/// would wait for ever.
/// </remarks>
internal sealed class FlushingHandler(HttpMessageHandler innerHandler) : DelegatingHandler(innerHandler)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // A body without bytes only carries headers.
        if (request.Content is { Headers.ContentLength: not 0 } content)
        {
            request.Content = new FlushedContent(content);
        }

        return base.SendAsync(request, cancellationToken);
    }

    private sealed class FlushedContent : HttpContent
    {
        private readonly HttpContent _content;

        public FlushedContent(HttpContent content)
        {
            _content = content;
            foreach (var (name, values) in content.Headers.NonValidated)
            {
                Headers.TryAddWithoutValidation(name, values);
            }
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
            => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
            => _content.CopyToAsync(new FlushedStream(stream), context, cancellationToken);

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
            }

            base.Dispose(disposing);
        }
    }

    private sealed class FlushedStream(Stream stream) : WriteOnlyStream
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await stream.WriteAsync(buffer, cancellationToken);
            await stream.FlushAsync(cancellationToken);
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => stream.FlushAsync(cancellationToken);
    }
}

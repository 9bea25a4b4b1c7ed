using System.Net;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.Forwarding;

/// <summary>The body of a response whose head is sent on when the first piece does not come soon. Its headers have been copied.</summary>
internal sealed class EarlyHeadContent(HttpContent content, HttpResponse response) : HttpContent
{
    // Mostly the body comes right behind: one packet is enough then, and a backend that fails at once can still be answered for.
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(20);

    protected override async Task<Stream> CreateContentReadStreamAsync() => new EarlyHeadStream(await content.ReadAsStreamAsync(), response);

    protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken)
        => new EarlyHeadStream(await content.ReadAsStreamAsync(cancellationToken), response);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => content.CopyToAsync(stream, context);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
        }

        base.Dispose(disposing);
    }

    private sealed class EarlyHeadStream(Stream stream, HttpResponse response) : ReadOnlyStream
    {
        private bool _hasRead;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            // YARP begins with a read of nothing, which waits for the first piece just as well.
            var read = stream.ReadAsync(buffer, cancellationToken);
            var isFirst = !_hasRead;
            _hasRead = true;
            return !isFirst || read.IsCompleted ? read : ReadFirstAsync(read.AsTask(), cancellationToken);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                stream.Dispose();
            }

            base.Dispose(disposing);
        }

        private async ValueTask<int> ReadFirstAsync(Task<int> read, CancellationToken cancellationToken)
        {
            using (var waiting = new CancellationTokenSource())
            {
                await Task.WhenAny(read, Task.Delay(s_patience, waiting.Token));
                await waiting.CancelAsync();
            }

            if (!read.IsCompleted)
            {
                // The copying begins with a read, so nobody else writes.
                await response.Body.FlushAsync(cancellationToken);
            }

            return await read;
        }
    }
}

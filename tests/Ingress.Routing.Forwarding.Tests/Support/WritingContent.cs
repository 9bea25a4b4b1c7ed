using System.Net;

namespace Ingress.Routing.Forwarding.Tests.Support;

/// <summary>A request body of unknown length that the test writes as the request is sent.</summary>
internal sealed class WritingContent(Func<Stream, Task> write) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => write(stream);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}

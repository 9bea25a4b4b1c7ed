using System.Net;
using Microsoft.Net.Http.Headers;

namespace Ingress.Routing.Forwarding;

/// <summary>No content, with the headers of some, but for its length.</summary>
internal sealed class EmptyContent : HttpContent
{
    private readonly HttpContent _content;

    public EmptyContent(HttpContent content)
    {
        _content = content;
        foreach (var (name, values) in content.Headers.NonValidated)
        {
            if (!name.Equals(HeaderNames.ContentLength, StringComparison.OrdinalIgnoreCase))
            {
                Headers.TryAddWithoutValidation(name, values);
            }
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => Task.CompletedTask;

    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult(Stream.Null);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false; // or it would be written
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

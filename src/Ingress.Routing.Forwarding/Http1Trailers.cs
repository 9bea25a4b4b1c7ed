using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Ingress.Routing.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Ingress.Routing.Forwarding;

/// <summary>The body of a response to an HTTP/1.1 client, written as chunks with trailers behind them.</summary>
/// <remarks>
/// Kestrel sends trailers to HTTP/2 clients only. It leaves the framing to an application that sets <c>Transfer-Encoding</c> itself, and
/// that is done here for the responses whose backend announces trailers.
/// </remarks>
internal sealed class Http1Trailers : IHttpResponseTrailersFeature
{
    private readonly HttpContext _context;
    private readonly IHttpResponseBodyFeature _body;

    private Http1Trailers(HttpContext context, IHttpResponseBodyFeature body)
    {
        _context = context;
        _body = body;
    }

    public IHeaderDictionary Trailers { get; set; } = new HeaderDictionary();

    /// <summary>Whether the backend has sent its whole response. Only then may the client be told that it ends.</summary>
    public bool IsBodyComplete { get; set; }

    /// <summary>Takes the framing of a response over, if there are trailers and the client can be sent them in no other way.</summary>
    /// <param name="context">The request; its response has the headers of the backend and no body yet.</param>
    public static void TakeOver(HttpContext context)
    {
        var response = context.Response;
        var body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        if (!HttpProtocol.IsHttp11(context.Request.Protocol)
            || HttpMethods.IsHead(context.Request.Method)
            || !HasBody(response.StatusCode)
            || response.ContentLength is not null
            || response.Headers.Trailer.Count == 0
            || !IsWrittenByServer(context, body))
        {
            return;
        }

        var trailers = new Http1Trailers(context, body);
        response.Headers.TransferEncoding = "chunked";
        context.Features.Set<IHttpResponseTrailersFeature>(trailers);
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(new ChunkedStream(body.Writer), body));
    }

    /// <summary>Gives the response back to the server, so that whatever else is written to it is framed as usual.</summary>
    /// <returns>The trailers; null when the response was never taken over.</returns>
    public static Http1Trailers? GiveBack(HttpContext context)
    {
        if (context.Features.Get<IHttpResponseTrailersFeature>() is not Http1Trailers trailers)
        {
            return null;
        }

        context.Features.Set<IHttpResponseTrailersFeature>(null);
        context.Features.Set(trailers._body);
        return trailers;
    }

    /// <summary>Writes the last chunk and the trailers.</summary>
    public async Task EndBodyAsync()
    {
        _body.Writer.Write("0\r\n"u8);
        foreach (var (name, values) in Trailers)
        {
            foreach (var value in values)
            {
                _body.Writer.Write(Encoding.Latin1.GetBytes($"{name}: {WithoutLineBreaks(value)}\r\n"));
            }
        }

        _body.Writer.Write("\r\n"u8);
        await _body.Writer.FlushAsync(_context.RequestAborted);
    }

    private static bool HasBody(int status) => status is >= 200
        and not (StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent or StatusCodes.Status304NotModified);

    // Kestrel is all features in one object. Where a middleware keeps or compresses the body, the chunks would become part of it.
    private static bool IsWrittenByServer(HttpContext context, IHttpResponseBodyFeature body)
        => ReferenceEquals(body, context.Features.Get<IHttpResponseFeature>()) || context.GetIngressRecord()?.IsServerBody(body) == true;

    private static string? WithoutLineBreaks(string? value) => value?.ReplaceLineEndings(" ");

    private sealed class ChunkedStream(PipeWriter output) : WriteOnlyStream
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            // An empty chunk would end the body.
            if (buffer.IsEmpty)
            {
                return;
            }

            WriteLength(buffer.Length);
            output.Write(buffer.Span);
            output.Write("\r\n"u8);
            await FlushAsync(cancellationToken);
        }

        public override async Task FlushAsync(CancellationToken cancellationToken) => await output.FlushAsync(cancellationToken);

        private void WriteLength(int length)
        {
            var line = output.GetSpan(sizeof(int) * 2);
            length.TryFormat(line, out var written, "x", CultureInfo.InvariantCulture);
            output.Advance(written);
            output.Write("\r\n"u8);
        }
    }
}

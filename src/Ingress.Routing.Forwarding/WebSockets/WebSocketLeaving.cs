using System.Net;
using Microsoft.Net.Http.Headers;

namespace Ingress.Routing.Forwarding.WebSockets;

/// <summary>Lets WebSockets be closed politely when the server stops.</summary>
/// <param name="leave">Cancelled when the server stops.</param>
internal sealed class WebSocketLeaving(CancellationToken leave)
{
    private const string WebSocket = "websocket";

    /// <summary>Has a response that opens a WebSocket be closed so.</summary>
    public void Wrap(HttpResponseMessage response)
    {
        if (IsOpen(response))
        {
            response.Content = new LeavingContent(response.Content, leave);
        }
    }

    // Over HTTP/2 the request has asked for nothing else (RFC 8441).
    private static bool IsOpen(HttpResponseMessage response) => response.StatusCode == HttpStatusCode.SwitchingProtocols
        ? response.Headers.NonValidated.TryGetValues(HeaderNames.Upgrade, out var protocol)
            && string.Equals(protocol.ToString(), WebSocket, StringComparison.OrdinalIgnoreCase)
        : response.StatusCode == HttpStatusCode.OK && response.RequestMessage?.Method == HttpMethod.Connect;

    private sealed class LeavingContent : HttpContent
    {
        private readonly HttpContent _content;
        private readonly CancellationToken _leave;

        public LeavingContent(HttpContent content, CancellationToken leave)
        {
            _content = content;
            _leave = leave;
            foreach (var (name, values) in content.Headers.NonValidated)
            {
                Headers.TryAddWithoutValidation(name, values);
            }
        }

        protected override async Task<Stream> CreateContentReadStreamAsync() => new LeavingWebSocket(await _content.ReadAsStreamAsync(), _leave);

        protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken)
            => new LeavingWebSocket(await _content.ReadAsStreamAsync(cancellationToken), _leave);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => _content.CopyToAsync(stream, context);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
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
}

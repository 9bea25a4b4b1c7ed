using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace Ingress.Routing.Forwarding;

/// <summary>Makes of each response one that can be passed on, or an error that says what is wrong with it.</summary>
/// <remarks>What is left to the server to object to would be answered with 500, as if this side had failed.</remarks>
/// <param name="innerHandler">Sends the requests.</param>
/// <param name="isOfApplication">Whether that is code of the host application, which may say HTTP/1.1 and not mean it.</param>
internal sealed class ResponseScreen(HttpMessageHandler innerHandler, bool isOfApplication = false) : DelegatingHandler(innerHandler)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            Check(request, response);
            CleanReason(response);
            RemoveNominated(response);
            FitBody(request, response);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static void Check(HttpRequestMessage request, HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        if (status == (int)HttpStatusCode.SwitchingProtocols)
        {
            CheckUpgrade(request, response);
        }
        else if (status < (int)HttpStatusCode.OK)
        {
            throw new HttpRequestException(HttpRequestError.InvalidResponse, $"The backend sent the status {status} as its answer.");
        }

        CheckCodings(response);
        CheckLength(response);
    }

    // HttpClient takes off nothing but chunks, and the header is for this connection: what is coded otherwise would reach the client without a word
    // of it. A coding that is named twice was applied once by all that do so.
    private static void CheckCodings(HttpResponseMessage response)
    {
        if (response.Headers.NonValidated.TryGetValues(HeaderNames.TransferEncoding, out var codings)
            && !codings.ToString().Split(',').All(static coding => coding.Trim(' ', '\t').ToUpperInvariant() is "CHUNKED" or "IDENTITY"))
        {
            throw new HttpRequestException(HttpRequestError.InvalidResponse, $"The backend sent the Transfer-Encoding '{codings}', and only 'chunked' is spoken here.");
        }
    }

    // Not even the values of headers may have control characters, and Kestrel writes ASCII. Clients look at the number alone.
    private static void CleanReason(HttpResponseMessage response)
    {
        if (response.ReasonPhrase.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            response.ReasonPhrase = null;
        }
    }

    // A client that has asked for nothing would take what follows for the answer to its next request.
    private static void CheckUpgrade(HttpRequestMessage request, HttpResponseMessage response)
    {
        if (!request.Headers.NonValidated.TryGetValues(HeaderNames.Upgrade, out var wanted))
        {
            throw new HttpRequestException(HttpRequestError.InvalidResponse, "The backend switched protocols (101) without being asked to.");
        }

        if (response.Headers.NonValidated.TryGetValues(HeaderNames.Upgrade, out var given)
            && !string.Equals(wanted.ToString(), given.ToString(), StringComparison.OrdinalIgnoreCase))
        {
            throw new HttpRequestException(
                HttpRequestError.InvalidResponse, $"The backend switched to the protocol '{given}', and '{wanted}' was asked for.");
        }
    }

    // HttpClient reads a body without a usable length up to the end of the connection.
    private static void CheckLength(HttpResponseMessage response)
    {
        if (!response.Content.Headers.NonValidated.TryGetValues(HeaderNames.ContentLength, out var lengths))
        {
            return;
        }

        foreach (var length in lengths)
        {
            if (!long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value != response.Content.Headers.ContentLength)
            {
                throw new HttpRequestException(HttpRequestError.InvalidResponse, $"The backend sent the Content-Length '{lengths}'.");
            }
        }

        if (lengths.Count > 1)
        {
            // The same length more than once is one length (RFC 9110, 8.6).
            var length = response.Content.Headers.ContentLength;
            response.Content.Headers.Remove(HeaderNames.ContentLength);
            response.Content.Headers.ContentLength = length;
        }
    }

    // RFC 9110, 7.6.1.
    private static void RemoveNominated(HttpResponseMessage response)
    {
        if (!response.Headers.NonValidated.TryGetValues(HeaderNames.Connection, out var connection))
        {
            return;
        }

        foreach (var name in connection.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!IsPlain(name) && !TryRemove(response.Headers, name))
            {
                TryRemove(response.Content.Headers, name);
            }
        }
    }

    private static bool IsPlain(string name) => name.ToUpperInvariant() is "CLOSE" or "KEEP-ALIVE" or "UPGRADE" or "CONTENT-LENGTH" or "TRANSFER-ENCODING";

    private static bool TryRemove(HttpHeaders headers, string name) => headers.NonValidated.Contains(name) && headers.Remove(name);

    private void FitBody(HttpRequestMessage request, HttpResponseMessage response)
    {
        var content = response.Content;
        if (response.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.ResetContent)
        {
            // RFC 9110, 15.3.5 and 15.3.6: there is no content, whatever is said about its length.
            response.Content = new EmptyContent(content);
        }
        else if (content.Headers.ContentLength is { } length
            && request.Method != HttpMethod.Head
            && response.StatusCode is not (HttpStatusCode.NotModified or HttpStatusCode.SwitchingProtocols)
            && (response.Version.Major > 1 || (isOfApplication && response.Headers.TransferEncodingChunked != true)))
        {
            response.Content = new MeasuredContent(content, length);
        }
    }
}

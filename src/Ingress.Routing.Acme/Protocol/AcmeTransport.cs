using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Ingress.Routing.Acme.Protocol;

/// <summary>Sends signed requests, each with a nonce of the CA (RFC 8555, 6). Thread-safe.</summary>
internal sealed class AcmeTransport(HttpClient http, TimeProvider time)
{
    // With a CA that calls every fifth nonce wrong this fails once in a million times.
    private const int Attempts = 9;

    // More is of no use, and a nonce that is old may be wrong.
    private const int MostNonces = 16;

    private static readonly TimeSpan s_longestWait = TimeSpan.FromDays(7);

    private readonly ConcurrentStack<string> _nonces = new();

    /// <summary>Reads what needs no signature.</summary>
    public async Task<AcmeResponse> GetAsync(Uri url, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(new(HttpMethod.Get, url), cancellationToken).ConfigureAwait(false);
        return await ReadAsync(response, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a signed request, again when the CA does not like the nonce.</summary>
    /// <param name="sign">Signs it with a nonce.</param>
    /// <param name="newNonce">Where nonces come from when there is none left.</param>
    /// <exception cref="AcmeException">The CA refuses it, or does not answer.</exception>
    public async Task<AcmeResponse> PostAsync(Uri url, Func<string, SignedMessage> sign, Uri newNonce, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (!_nonces.TryPop(out var nonce))
            {
                nonce = await FetchNonceAsync(newNonce, cancellationToken).ConfigureAwait(false);
            }

            var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(sign(nonce), AcmeJson.Default.SignedMessage));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/jose+json");
            using var response = await SendAsync(new(HttpMethod.Post, url) { Content = content }, cancellationToken).ConfigureAwait(false);
            KeepNonce(response);
            try
            {
                return await ReadAsync(response, cancellationToken).ConfigureAwait(false);
            }
            catch (AcmeException exception) when (exception.Is("badNonce") && attempt < Attempts)
            {
                // Those that were kept may be as old. The answer has brought a new one, which goes first.
            }
        }
    }

    private async Task<string> FetchNonceAsync(Uri newNonce, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(new(HttpMethod.Head, newNonce), cancellationToken).ConfigureAwait(false);
        await ReadAsync(response, cancellationToken).ConfigureAwait(false);
        return NonceOf(response) ?? throw new AcmeException("The CA has no nonce to give.");
    }

    private void KeepNonce(HttpResponseMessage response)
    {
        if (NonceOf(response) is { } nonce && _nonces.Count < MostNonces)
        {
            _nonces.Push(nonce);
        }
    }

    private static string? NonceOf(HttpResponseMessage response)
        => response.Headers.TryGetValues("Replay-Nonce", out var values) && values.FirstOrDefault() is { } nonce && Base64Url.IsWord(nonce) ? nonce : null;

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            if (!request.RequestUri!.IsAbsoluteUri || request.RequestUri.Scheme != Uri.UriSchemeHttps)
            {
                throw new AcmeException("The CA names an address that is not one of https.");
            }

            try
            {
                return await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            }
            catch (HttpRequestException exception)
            {
                throw new AcmeException(AcmeProblem.OneLine($"The CA cannot be reached: {exception.Message}{Reason(exception)}"), exception);
            }
            catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
            {
                throw new AcmeException("The CA does not answer in time.", exception);
            }
        }
    }

    // The certificate of the CA is where most first attempts fail, and the outer message only says "see the inner one".
    private static string Reason(HttpRequestException exception) => exception.InnerException is { } inner ? " " + inner.Message : "";

    private async Task<AcmeResponse> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        byte[] body;
        try
        {
            body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException exception)
        {
            throw new AcmeException("The answer of the CA broke off.", exception);
        }

        var retryAfter = RetryAfterOf(response);
        if (!response.IsSuccessStatusCode)
        {
            throw Failure(response, body, retryAfter);
        }

        var url = response.RequestMessage!.RequestUri!;
        return new()
        {
            Status = (int)response.StatusCode,
            Body = body,
            Location = response.Headers.Location is { } location ? location.IsAbsoluteUri ? location : new Uri(url, location) : null,
            RetryAfter = retryAfter,
            Links = LinkHeader.Read(response.Headers.TryGetValues("Link", out var links) ? links : [], url),
        };
    }

    private static AcmeException Failure(HttpResponseMessage response, byte[] body, TimeSpan? retryAfter)
    {
        var status = (int)response.StatusCode;
        if (response.Content.Headers.ContentType?.MediaType is "application/problem+json" or "application/json")
        {
            try
            {
                if (JsonSerializer.Deserialize(body, AcmeJson.Default.AcmeProblem) is { } problem)
                {
                    return new(problem, status, retryAfter);
                }
            }
            catch (JsonException)
            {
                // The status says it as well.
            }
        }

        return new($"The CA answered with the status {status}.") { Status = status, RetryAfter = retryAfter };
    }

    private TimeSpan? RetryAfterOf(HttpResponseMessage response)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date - time.GetUtcNow());
        return wait is null ? null : TimeSpan.FromTicks(Math.Clamp(wait.Value.Ticks, 0, s_longestWait.Ticks));
    }
}

using System.Diagnostics;
using System.Globalization;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Forwarding.Backends;

/// <summary>One attempt to get a response, under the time-outs of the policies.</summary>
internal sealed class BackendAttempt(BackendCall call, RequestBody? body, CancellationToken outer)
{
    private readonly BackendTimer? _timer = call.Plan.Timeouts is { } timeouts ? new(timeouts, call, outer) : null;

    public async Task<AttemptOutcome> SendAsync(HttpRequestMessage request, Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send)
    {
        var start = Stopwatch.GetTimestamp();
        var outcome = await SendTimedAsync(request, send);
        if (call.Plan.Balancing?.Algorithm == LoadBalancingAlgorithm.PeakEwma)
        {
            PeakEwma.Observe(call.Tried[^1], Stopwatch.GetElapsedTime(start));
        }

        return outcome;
    }

    private async Task<AttemptOutcome> SendTimedAsync(HttpRequestMessage request, Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send)
    {
        SetVersion(request);
        body?.Begin(_timer);
        if (body is null)
        {
            _timer?.StartWaiting();
        }

        try
        {
            var response = await send(request, _timer?.Token ?? outer);
            _timer?.Answer(IsUpgrade(request, response));
            try
            {
                CheckHeaders(response);
            }
            catch
            {
                response.Dispose();
                throw;
            }

            if (_timer is not null)
            {
                response.Content = new TimedContent(response.Content, _timer, IsUpgrade(request, response));
            }

            return AttemptOutcome.Of(response);
        }
        catch (Exception exception) when (!outer.IsCancellationRequested)
        {
            _timer?.Dispose();
            return OutcomeOf(exception, request);
        }
    }

    private AttemptOutcome OutcomeOf(Exception exception, HttpRequestMessage request)
    {
        // Without our timer it was that of a connection, which nothing went over.
        if (exception is OperationCanceledException && _timer is { HasExpired: true })
        {
            call.IsOver = _timer.IsOver;
            return new(null, new TaskCanceledException(_timer.Cause, new TimeoutException(_timer.Cause)), RetryConditions.Timeout, WasSent: true);
        }

        return AttemptFailure.Of(exception, request is { Version.Major: 2, VersionPolicy: HttpVersionPolicy.RequestVersionExact });
    }

    private void SetVersion(HttpRequestMessage request)
    {
        if (call.Plan.Protocol is { IsHttp10: true } && request.Version.Major <= 2 && body?.HasUnknownLength != true && !request.Headers.NonValidated.Contains("Upgrade"))
        {
            request.Version = System.Net.HttpVersion.Version10;
            request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        }

        if (call.Plan.Protocol is { ClosesConnections: true })
        {
            request.Headers.ConnectionClose = true;
        }
    }

    // As they stand on the wire of HTTP/1.1, line breaks included.
    private void CheckHeaders(HttpResponseMessage response)
    {
        if (call.Plan.HeaderLimit is not { } limit)
        {
            return;
        }

        var length = "HTTP/1.1 200 \r\n\r\n".Length + (response.ReasonPhrase?.Length ?? 0);
        foreach (var headers in new[] { response.Headers.NonValidated, response.Content.Headers.NonValidated })
        {
            foreach (var (name, values) in headers)
            {
                foreach (var value in values)
                {
                    length += name.Length + ": ".Length + value.Length + "\r\n".Length;
                }
            }
        }

        if (length > limit)
        {
            throw new HttpRequestException(
                HttpRequestError.InvalidResponse, string.Create(CultureInfo.InvariantCulture, $"The backend sent response headers of {length} bytes, and {limit} are taken."));
        }
    }

    private static bool IsUpgrade(HttpRequestMessage request, HttpResponseMessage response)
        => response.StatusCode == System.Net.HttpStatusCode.SwitchingProtocols || request.Method == HttpMethod.Connect;
}

using System.Net.Sockets;
using Ingress.Routing.Forwarding.Limits;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Forwarding.Backends;

/// <summary>Tells from an exception how far a request had come.</summary>
internal static class AttemptFailure
{
    // RFC 9113, 7: nothing was done with the request.
    private const long RefusedStream = 7;
    private const long NoError = 0;

    /// <summary>The outcome of an attempt that ended with an exception.</summary>
    /// <param name="exception">What HttpClient threw. A cancellation is that of a connection which took too long.</param>
    /// <param name="isHttp2">Whether nothing but HTTP/2 was spoken.</param>
    public static AttemptOutcome Of(Exception exception, bool isHttp2)
    {
        if (exception is OperationCanceledException)
        {
            return new(null, exception, RetryConditions.Timeout, WasSent: false);
        }

        if (BackendConnectionsExhaustedException.IsCauseOf(exception) || IsAboutProtocol(exception))
        {
            return new(null, exception, Failure: null, WasSent: false);
        }

        if (NoAnswerException.In(exception) is { } unanswered)
        {
            return new(null, exception, RetryConditions.Error, unanswered.WasSent) { IsUnanswered = true, IsStale = unanswered.IsKept };
        }

        return (exception as HttpRequestException)?.HttpRequestError switch
        {
            HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError
                or HttpRequestError.VersionNegotiationError => new(null, exception, RetryConditions.Error, WasSent: false),
            HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded
                => new(null, exception, RetryConditions.InvalidResponse, WasSent: true),
            _ => OfStream(exception, isHttp2),
        };
    }

    private static AttemptOutcome OfStream(Exception exception, bool isHttp2)
    {
        var isLost = isHttp2 && IsLost(exception);
        var error = ErrorOf(exception);

        // A server that goes away without an error has most likely done nothing with the stream; one that refuses it says so.
        return new(null, exception, RetryConditions.Error, WasSent: error != RefusedStream) { IsUnanswered = isLost || error == NoError, IsLost = isLost };
    }

    // YARP asks for a WebSocket over HTTP/2, and falls back to HTTP/1.1 when it is told so.
    private static bool IsAboutProtocol(Exception exception)
        => exception.Data.Contains("SETTINGS_ENABLE_CONNECT_PROTOCOL") || exception.Data.Contains("HTTP2_ENABLED");

    private static long? ErrorOf(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is HttpProtocolException protocol)
            {
                return protocol.ErrorCode;
            }
        }

        return null;
    }

    // The connection is gone, whatever the stream has come to. A backend that breaks the stream alone has something against the request.
    private static bool IsLost(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is SocketException or HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded })
            {
                return true;
            }
        }

        return false;
    }
}

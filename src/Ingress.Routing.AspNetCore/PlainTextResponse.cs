using System.Text;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Ingress.Routing.AspNetCore;

/// <summary>The answers that are given without a backend (semantics 17).</summary>
internal static class PlainTextResponse
{
    private static readonly byte[] s_badRequest = [.. "400 Bad Request: the host or the request target is malformed.\n"u8];
    private static readonly byte[] s_ambiguous = [.. "400 Bad Request: the method, a header or the length of the body is malformed.\n"u8];
    private static readonly byte[] s_noCertificate = [.. "400 Bad Request: this needs a client certificate that can be verified.\n"u8];
    private static readonly byte[] s_unauthorized = [.. "401 Unauthorized: a user name and a password are needed.\n"u8];
    private static readonly byte[] s_refused = [.. "403 Forbidden.\n"u8];
    private static readonly byte[] s_undecided = [.. "500 Internal Server Error: it could not be found out who is let in here.\n"u8];
    private static readonly byte[] s_forbidden = [.. "403 Forbidden: this needs https, and a client certificate that can be verified.\n"u8];
    private static readonly byte[] s_notAdmitted = [.. "403 Forbidden: this address is not let in.\n"u8];
    private static readonly byte[] s_tooLarge = [.. "413 Content Too Large.\n"u8];
    private static readonly byte[] s_notFound = [.. "404 Not Found: nothing is served here.\n"u8];
    private static readonly byte[] s_methodNotAllowed = [.. "405 Method Not Allowed.\n"u8];
    private static readonly byte[] s_misdirected = [.. "421 Misdirected Request: this host needs a connection of its own.\n"u8];
    private static readonly byte[] s_limited = [.. "Too many requests. Try again later.\n"u8];
    private static readonly byte[] s_notImplemented = [.. "501 Not Implemented: the transfer coding of the body is not spoken here.\n"u8];
    private static readonly byte[] s_unknownProtocol = [.. "501 Not Implemented: the protocol that is asked for is not spoken here.\n"u8];
    private static readonly byte[] s_unavailable = [.. "503 Service Unavailable: no backend is ready to serve this.\n"u8];

    private static readonly byte[] s_busy = [.. "503 Service Unavailable: too many requests are being answered; try again.\n"u8];

    private static readonly byte[] s_notReady = [.. "503 Service Unavailable: not ready yet, the first route table is still being made. Try again in a moment.\n"u8];

    // Seconds. The first table is nearly always a matter of moments.
    private static readonly StringValues s_retryAfter = "1";

    public static Task BadRequestAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status400BadRequest, s_badRequest, AnswerReason.Malformed);

    public static Task NoCertificateAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status400BadRequest, s_noCertificate, AnswerReason.Certificate);

    public static Task AmbiguousAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status400BadRequest, s_ambiguous, AnswerReason.Ambiguous);

    public static Task NotImplementedAsync(HttpContext context)
        => WriteAsync(context, StatusCodes.Status501NotImplemented, s_notImplemented, AnswerReason.Coding);

    public static Task UnknownProtocolAsync(HttpContext context)
        => WriteAsync(context, StatusCodes.Status501NotImplemented, s_unknownProtocol, AnswerReason.Protocol);

    public static Task ForbiddenAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status403Forbidden, s_forbidden, AnswerReason.Certificate);

    /// <summary>For a request that does not say who the client is.</summary>
    /// <param name="challenge">The value of <c>WWW-Authenticate</c>; null for none.</param>
    public static Task UnauthorizedAsync(HttpContext context, string? challenge)
    {
        context.Response.Headers.WWWAuthenticate = challenge;
        return WriteAsync(context, StatusCodes.Status401Unauthorized, s_unauthorized, AnswerReason.Password);
    }

    public static Task RefusedAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status403Forbidden, s_refused, AnswerReason.Refused);

    public static Task UndecidedAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status500InternalServerError, s_undecided, AnswerReason.Undecided);

    public static Task NotAdmittedAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status403Forbidden, s_notAdmitted, AnswerReason.Address);

    public static Task TooLargeAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status413PayloadTooLarge, s_tooLarge, AnswerReason.TooLarge);

    /// <summary>For a request that broke while its body was read; what is said about it is all there is to say.</summary>
    public static Task BrokenAsync(HttpContext context, int status) => status == StatusCodes.Status413PayloadTooLarge
        ? TooLargeAsync(context)
        : WriteAsync(context, status, Encoding.ASCII.GetBytes($"{status} {ReasonPhrases.GetReasonPhrase(status)}.\n"), AnswerReason.BrokenBody);

    public static Task NotFoundAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status404NotFound, s_notFound, AnswerReason.NotFound);

    public static Task MethodNotAllowedAsync(HttpContext context)
        => WriteAsync(context, StatusCodes.Status405MethodNotAllowed, s_methodNotAllowed, AnswerReason.Method);

    public static Task MisdirectedAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status421MisdirectedRequest, s_misdirected, AnswerReason.Misdirected);

    public static Task UnavailableAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status503ServiceUnavailable, s_unavailable, AnswerReason.Unavailable);

    /// <summary>For a request whose path could not be matched in time.</summary>
    public static Task PatternTimeoutAsync(HttpContext context)
        => WriteAsync(context, StatusCodes.Status503ServiceUnavailable, s_unavailable, AnswerReason.PatternTimeout);

    /// <summary>For a request over a limit; the status is up to its policy.</summary>
    public static Task LimitedAsync(HttpContext context, int status) => WriteAsync(context, status, s_limited, AnswerReason.Limit);

    /// <summary>For what a policy says itself.</summary>
    public static Task TextAsync(HttpContext context, int status, string text) => WriteAsync(context, status, Encoding.UTF8.GetBytes(text), AnswerReason.Policy);

    /// <summary>Nothing is known yet, which is nothing that a backend has done: a client that tries again is right to do so.</summary>
    public static Task NotReadyAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = s_retryAfter;
        return WriteAsync(context, StatusCodes.Status503ServiceUnavailable, s_notReady, AnswerReason.NotReady);
    }

    /// <summary>There is no room for the request.</summary>
    public static Task BusyAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = s_retryAfter;
        return WriteAsync(context, StatusCodes.Status503ServiceUnavailable, s_busy, AnswerReason.Overload);
    }

    private static Task WriteAsync(HttpContext context, int statusCode, byte[] body, string reason)
    {
        context.GetIngressRecord()?.Reason = reason;
        var response = context.Response;
        response.StatusCode = statusCode;
        response.Headers.CacheControl = "no-store";

        // An application that designs its own error pages keeps them: they are only added to an empty response.
        if (context.Features.Get<IStatusCodePagesFeature>() is { Enabled: true })
        {
            return Task.CompletedTask;
        }

        response.ContentType = "text/plain; charset=utf-8";
        response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}

using System.Diagnostics;
using Ingress.Routing.AspNetCore;
using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http.Features;

namespace Ingress.Routing.Gateway.Serving;

/// <summary>Logs every request when it has been answered, without its query: that is where tokens are.</summary>
internal sealed partial class RequestLog(RequestDelegate next, ILogger<RequestLog> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            LogAnswer(context, started);
        }
    }

    private void LogAnswer(HttpContext context, long started)
    {
        var route = context.GetIngressRoute();
        if (route?.Policies.Find<AccessLog>() is not { IsOn: false })
        {
            var request = context.Request;
            var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
            var path = target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query ? target[..query] : target;
            Log.Answered(
                logger,
                request.Method,
                request.Scheme,
                request.Headers.Host.ToString(),
                path,
                request.Protocol,
                context.Response.StatusCode,
                Stopwatch.GetElapsedTime(started).TotalMilliseconds,
                route?.Id ?? "none");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Method} {Scheme}://{Host}{Path} {Protocol}: {Status} in {Milliseconds:0.0} ms, route {Route}.",
            EventName = "Answered")]
        public static partial void Answered(
            ILogger logger, string method, string scheme, string host, string path, string protocol, int status, double milliseconds, string route);
    }
}

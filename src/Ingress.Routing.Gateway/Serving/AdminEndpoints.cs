using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ingress.Routing.AspNetCore;
using Ingress.Routing.Gateway.Output;
using Microsoft.AspNetCore.Http.Features;

namespace Ingress.Routing.Gateway.Serving;

/// <summary>What the admin listener answers: health, metrics, the table and its diagnostics.</summary>
/// <remarks>
/// A branch of its own instead of mapped endpoints, which every listener of an application shares.
/// </remarks>
internal sealed class AdminEndpoints(IngressRouter router, ConnectionDrain drain)
{
    /// <summary>Whether a request came in through the admin listener.</summary>
    public static bool Owns(HttpContext context) => context.Features.Get<AdminConnection>() is not null;

    public static void Use(IApplicationBuilder app)
    {
        app.MapWhen(Owns, admin =>
        {
            admin.Use(static (context, next) =>
            {
                // Scrapes and probes would drown the requests that are measured.
                context.Features.Get<IHttpMetricsTagsFeature>()?.MetricsDisabled = true;
                context.Features.Get<IHttpActivityFeature>()?.Activity.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
                return next(context);
            });
            admin.UseOpenTelemetryPrometheusScrapingEndpoint("/metrics");
            admin.Run(ActivatorUtilities.CreateInstance<AdminEndpoints>(admin.ApplicationServices).AnswerAsync);
        });
    }

    private Task AnswerAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            return TextAsync(context, StatusCodes.Status405MethodNotAllowed, "Method not allowed");
        }

        var table = router.Current;
        return context.Request.Path.Value switch
        {
            "/healthz" => TextAsync(context, StatusCodes.Status200OK, "ok"),
            "/readyz" when drain.Announced.IsCancellationRequested => NotReadyAsync(context, "shutting down"),
            "/readyz" when router.HasPublished => TextAsync(context, StatusCodes.Status200OK, "ready"),
            "/readyz" => NotReadyAsync(context, "no route table is in force yet"),
            "/routes" => JsonAsync(context, RoutePrinter.ToJson(table.Routes), GatewayJson.Lists.IReadOnlyListRouteJson),
            "/diagnostics" => JsonAsync(
                context, DiagnosticPrinter.ToJson(table.Diagnostics), GatewayJson.Lists.IReadOnlyListDiagnosticJson),
            _ => TextAsync(context, StatusCodes.Status404NotFound, "/healthz /readyz /metrics /routes /diagnostics"),
        };
    }

    private static Task NotReadyAsync(HttpContext context, string reason)
    {
        context.Response.Headers.RetryAfter = "1";
        return TextAsync(context, StatusCodes.Status503ServiceUnavailable, reason);
    }

    private static Task TextAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text + "\n");
    }

    private static Task JsonAsync<T>(HttpContext context, T value, JsonTypeInfo<T> type)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return JsonSerializer.SerializeAsync(context.Response.Body, value, type, context.RequestAborted);
    }
}

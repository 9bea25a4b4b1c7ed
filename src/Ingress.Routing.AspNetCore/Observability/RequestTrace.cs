using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Ingress.Routing.AspNetCore;

/// <summary>Describes a request in the span that the server has made for it, in the words of the conventions of OpenTelemetry.</summary>
internal static class RequestTrace
{
    /// <summary>Whether somebody listens to the span. The server makes one for its log alone, too.</summary>
    public static bool IsWanted(Activity? activity) => activity is { IsAllDataRequested: true } && activity.Source.HasListeners();

    public static void Complete(HttpContext context, IngressRequestRecord record)
    {
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is not { } activity || !IsWanted(activity))
        {
            return;
        }

        var request = context.Request;
        var method = MethodName.Of(request.Method);
        var route = record.Match.Route;
        var path = route?.PathAsWritten;
        activity.DisplayName = path is null ? method : $"{method} {path}";
        activity.SetTag("http.request.method", method == MethodName.Other ? "_OTHER" : method);
        activity.SetTag("http.response.status_code", record.Status);
        activity.SetTag("url.scheme", request.Scheme);
        activity.SetTag("url.path", record.Match.Path.ToString());
        activity.SetTag("network.protocol.version", request.Protocol.StartsWith("HTTP/", StringComparison.Ordinal) ? request.Protocol["HTTP/".Length..] : request.Protocol);
        activity.SetTag("client.address", context.Connection.RemoteIpAddress?.ToString());
        SetHost(activity, request.Host);
        if (path is not null)
        {
            activity.SetTag("http.route", path);
        }

        if (request.Headers.UserAgent is { Count: > 0 } agent)
        {
            activity.SetTag("user_agent.original", agent.ToString());
        }

        activity.SetTag("ingress_routing.generation", record.Generation!.Number);
        if (route is not null)
        {
            activity.SetTag("ingress_routing.route", route.Id);
            activity.SetTag("ingress_routing.ingress", RouteSeries.IngressOf(route));
            activity.SetTag("ingress_routing.service", record.Service?.ToString());
        }

        if (record.Retries > 0)
        {
            activity.SetTag("ingress_routing.retries", record.Retries);
        }

        if (record.Reason is not null)
        {
            activity.SetTag("ingress_routing.reason", record.Reason);
        }

        if (record.Status >= StatusCodes.Status500InternalServerError)
        {
            activity.SetTag("error.type", record.Status.ToString(CultureInfo.InvariantCulture));
            activity.SetStatus(ActivityStatusCode.Error);
        }
    }

    private static void SetHost(Activity activity, HostString host)
    {
        if (host.HasValue)
        {
            activity.SetTag("server.address", host.Host);
            if (host.Port is { } port)
            {
                activity.SetTag("server.port", port);
            }
        }
    }
}

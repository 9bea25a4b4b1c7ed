using System.Globalization;
using Ingress.Routing.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Ingress.Routing.Forwarding.Errors;

/// <summary>Makes of a request the one that asks a Service to answer in place of an error. What clients send under these names never arrives.</summary>
internal static class ErrorRequest
{
    private const string RequestId = "X-Request-ID";

    /// <summary>Tells in headers what happened.</summary>
    public static void Tell(HttpContext context, IIngressMatchFeature match, int status)
    {
        var headers = context.Request.Headers;
        var route = match.Match.Route!;
        Set("X-Code", status.ToString(CultureInfo.InvariantCulture));
        Set("X-Format", headers.Accept.ToString());
        Set("X-Namespace", route.Source.IsConfigured ? null : route.Source.Name.Namespace);
        Set("X-Ingress-Name", route.Source.IsConfigured ? null : route.Source.Name.Name);
        Set("X-Service-Name", route.Service?.Name.Name);
        Set("X-Service-Port", route.Service?.Port.ToString());
        if (!headers.ContainsKey(RequestId))
        {
            headers[RequestId] = context.TraceIdentifier;
        }

        void Set(string name, string? value)
        {
            if (string.IsNullOrEmpty(value))
            {
                headers.Remove(name);
            }
            else
            {
                headers[name] = value;
            }
        }
    }

    /// <summary>Asks at the root, without the body: that was for the backend, and may be gone by now.</summary>
    public static void AskForPage(HttpContext context, IIngressMatchFeature match, ServiceReference service, int status)
    {
        Tell(context, match, status);
        var request = context.Request;
        request.Headers["X-Original-URI"] = string.Concat(match.Match.Path.Span, match.Match.Query.Span);
        request.Headers.Remove(HeaderNames.ContentLength);
        request.Headers.Remove(HeaderNames.TransferEncoding);
        request.Headers.Remove(HeaderNames.Expect);
        context.Features.Set<IHttpRequestBodyDetectionFeature>(NoBody.Instance);
        match.SendTo(service, string.Concat("/", match.Match.Query.Span));
    }

    private sealed class NoBody : IHttpRequestBodyDetectionFeature
    {
        public static NoBody Instance { get; } = new();

        public bool CanHaveBody => false;
    }
}

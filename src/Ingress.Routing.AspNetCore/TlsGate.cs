using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Ingress.Routing.AspNetCore;

/// <summary>Holds each request to the TLS policy of its host, and tells backends about the client.</summary>
/// <param name="httpsPort">Where redirects lead to.</param>
internal sealed class TlsGate(int httpsPort, TimeProvider time)
{
    private const int DefaultHttpsPort = 443;

    /// <summary>Judges a request that is well-formed.</summary>
    /// <returns>The verdict; unless it is <see cref="TlsVerdict.Serve"/>, <see cref="AnswerAsync"/> gives the answer.</returns>
    public TlsVerdict Judge(HttpContext context, IHttpRequestFeature request, string target, IngressRouteTable table, in IngressMatch match)
    {
        // What the connection says, and not the scheme: behind UseForwardedHeaders that is whatever a proxy claims.
        var tls = context.Features.Get<IIngressTlsFeature>();
        var isHttps = context.Request.IsHttps;
        var verdict = table.JudgeTls(request.Headers.Host, target, match.Route, isHttps, tls?.Handshake, out var policy);
        if (verdict == TlsVerdict.Serve && tls?.ClientCertificate is { Outcome: ClientCertificateOutcome.Verified } client && client.NotAfter < time.GetUtcNow())
        {
            verdict = TlsVerdict.Misdirected; // it has expired since the handshake, and a new connection will find that out
        }

        if (isHttps && policy.StrictTransportSecurity is { } strict)
        {
            // At the last moment, because a backend may have sent one of its own, and two are as good as none.
            context.Response.OnStarting(static state =>
            {
                var (response, value) = ((HttpResponse, string))state;
                response.Headers.StrictTransportSecurity = value;
                return Task.CompletedTask;
            }, (context.Response, strict.ToString()));
        }

        if (verdict == TlsVerdict.Serve && policy.ForwardClientCertificate)
        {
            ForwardedClientCertificate.Add(request.Headers, tls?.ClientCertificate);
        }

        return verdict;
    }

    /// <summary>Answers a request that is not served.</summary>
    public Task AnswerAsync(HttpContext context, TlsVerdict verdict, in IngressMatch match) => verdict switch
    {
        TlsVerdict.Misdirected => PlainTextResponse.MisdirectedAsync(context),
        TlsVerdict.RedirectToHttps => RedirectAsync(context, match),
        _ => PlainTextResponse.ForbiddenAsync(context),
    };

    private Task RedirectAsync(HttpContext context, in IngressMatch match)
    {
        var host = new HostString(context.Request.Headers.Host.ToString()).Host;

        // Nowhere to lead to, or a query that no header can hold.
        if (host.Length == 0 || match.Query.Span.ContainsAnyExceptInRange('!', '~'))
        {
            return PlainTextResponse.BadRequestAsync(context);
        }

        // After a 301 many clients go on with GET, whatever the method was (RFC 9110, 15.4.2); 308 keeps it.
        var method = context.Request.Method;
        context.Response.StatusCode = HttpMethods.IsGet(method) || HttpMethods.IsHead(method)
            ? StatusCodes.Status301MovedPermanently
            : StatusCodes.Status308PermanentRedirect;
        var port = httpsPort == DefaultHttpsPort ? "" : $":{httpsPort}";
        context.Response.Headers.Location = $"https://{host}{port}{match.Path}{match.Query}";
        return Task.CompletedTask;
    }
}

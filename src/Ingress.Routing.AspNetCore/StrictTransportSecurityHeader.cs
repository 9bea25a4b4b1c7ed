using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.AspNetCore;

/// <summary>Sends the HSTS header of a host with whatever answer there is.</summary>
internal static class StrictTransportSecurityHeader
{
    // At the last moment, because a backend may have sent one of its own, and two are as good as none.
    public static void Send(HttpResponse response, StrictTransportSecurity value) => response.OnStarting(
        static state =>
        {
            var (response, text) = ((HttpResponse, string))state;
            response.Headers.StrictTransportSecurity = text;
            return Task.CompletedTask;
        },
        (response, value.ToString()));
}

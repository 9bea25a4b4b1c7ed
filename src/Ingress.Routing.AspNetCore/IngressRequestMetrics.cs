using System.Diagnostics.Metrics;
using Ingress.Routing.Hosting;

namespace Ingress.Routing.AspNetCore;

/// <summary>Counts requests by what became of them. The tag has ten values, whatever clients send.</summary>
internal sealed class IngressRequestMetrics
{
    private static readonly KeyValuePair<string, object?> s_rule = new("outcome", "rule");
    private static readonly KeyValuePair<string, object?> s_defaultBackend = new("outcome", "default_backend");
    private static readonly KeyValuePair<string, object?> s_notFound = new("outcome", "not_found");
    private static readonly KeyValuePair<string, object?> s_badRequest = new("outcome", "bad_request");
    private static readonly KeyValuePair<string, object?> s_patternTimeout = new("outcome", "pattern_timeout");
    private static readonly KeyValuePair<string, object?> s_unavailable = new("outcome", "unavailable");

    private static readonly KeyValuePair<string, object?> s_notReady = new("outcome", "not_ready");

    private static readonly KeyValuePair<string, object?> s_misdirected = new("outcome", "misdirected");
    private static readonly KeyValuePair<string, object?> s_forbidden = new("outcome", "forbidden");
    private static readonly KeyValuePair<string, object?> s_redirected = new("outcome", "redirected");

    private readonly Counter<long> _requests;

    public IngressRequestMetrics(IMeterFactory meterFactory)
    {
        _requests = meterFactory.Create(IngressRoutingTelemetry.MeterName)
            .CreateCounter<long>("ingress_routing.requests", "{request}", "Requests by the outcome of matching them.");
    }

    public void Matched(IngressMatchStatus status)
    {
        if (!_requests.Enabled)
        {
            return;
        }

        _requests.Add(1, status switch
        {
            IngressMatchStatus.Rule => s_rule,
            IngressMatchStatus.DefaultBackend => s_defaultBackend,
            IngressMatchStatus.BadRequest => s_badRequest,
            IngressMatchStatus.PatternTimeout => s_patternTimeout,
            _ => s_notFound,
        });
    }

    /// <summary>The TLS policy of the host did not let the request pass.</summary>
    public void NotServed(TlsVerdict verdict) => _requests.Add(1, verdict switch
    {
        TlsVerdict.Misdirected => s_misdirected,
        TlsVerdict.RedirectToHttps => s_redirected,
        _ => s_forbidden,
    });

    /// <summary>A route was found that nothing serves.</summary>
    public void Unavailable() => _requests.Add(1, s_unavailable);

    /// <summary>There was no table yet.</summary>
    public void NotReady() => _requests.Add(1, s_notReady);
}

using System.Diagnostics;
using Ingress.Routing.AspNetCore;
using Ingress.Routing.Forwarding.Backends;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Model;

namespace Ingress.Routing.Forwarding.Observability;

/// <summary>Adds to the record of a request what became of it behind the gateway. There is none while nobody listens.</summary>
internal sealed class UpstreamObservation
{
    private readonly IngressRequestRecord _record;
    private readonly long _started = Stopwatch.GetTimestamp();

    private UpstreamObservation(IngressRequestRecord record) => _record = record;

    /// <summary>Notes that a request is sent on.</summary>
    public static UpstreamObservation? Begin(HttpContext context)
        => context.GetIngressRecord() is { } record ? new UpstreamObservation(record) : null;

    /// <summary>Notes that the response has ended, or that there will be none.</summary>
    public void End(HttpContext context)
    {
        _record.Upstream = (_record.Upstream ?? TimeSpan.Zero) + Stopwatch.GetElapsedTime(_started); // a page for an error is asked for after the backend
        _record.Endpoint = context.Features.Get<IReverseProxyFeature>()?.ProxiedDestination?.DestinationId;
        var call = context.Features.Get<BackendCall>();
        _record.Retries += Math.Max(call?.Tried.Count - 1 ?? 0, 0);
        if (context.GetForwarderErrorFeature() is { } failure)
        {
            _record.Reason = call?.TimedOut is not null ? FailureReason.Timeout : FailureReason.Of(failure);
        }
    }

    /// <summary>Notes that the request is sent once more, and what was wrong counts no longer.</summary>
    public void GoesOn()
    {
        _record.Reason = null;
        _record.Retries++;
    }

    /// <summary>Notes that the head of the response has come.</summary>
    public void HeadCame() => _record.UpstreamHead = Stopwatch.GetElapsedTime(_started);
}

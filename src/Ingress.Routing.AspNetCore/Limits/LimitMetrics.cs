using System.Diagnostics.Metrics;
using Ingress.Routing.Hosting;

namespace Ingress.Routing.AspNetCore.Limits;

/// <summary>Measures how near the requests come to their limits.</summary>
internal sealed class LimitMetrics
{
    private readonly Meter _meter;
    private readonly Counter<long> _refused;

    public LimitMetrics(IMeterFactory meterFactory)
    {
        _meter = meterFactory.Create(IngressRoutingTelemetry.MeterName);
        _refused = _meter.CreateCounter<long>(
            "ingress_routing.requests.refused", "{request}", "Requests that were refused to protect the others, by reason.");
    }

    /// <summary>Too many requests waited already.</summary>
    public static KeyValuePair<string, object?> QueueFull { get; } = new("reason", "queue_full");

    /// <summary>It waited for too long.</summary>
    public static KeyValuePair<string, object?> QueueTime { get; } = new("reason", "queue_time");

    /// <summary>Memory was nearly used up.</summary>
    public static KeyValuePair<string, object?> Memory { get; } = new("reason", "memory");

    /// <summary>Its body came too slowly.</summary>
    public static KeyValuePair<string, object?> SlowBody { get; } = new("reason", "slow_body");

    /// <summary>The client took back most of its requests, and its connection was ended.</summary>
    public static KeyValuePair<string, object?> Resets { get; } = new("reason", "resets");

    public void Refused(KeyValuePair<string, object?> reason) => _refused.Add(1, reason);

    public void Observe(RequestGate gate)
    {
        _meter.CreateObservableGauge("ingress_routing.requests.open", () => gate.Requests, "{request}", "Requests that are being answered.");
        _meter.CreateObservableGauge("ingress_routing.requests.queued", () => gate.Waiting, "{request}", "Requests that wait for room.");
        _meter.CreateObservableGauge("ingress_routing.requests.limit", () => gate.Bounds.Requests, "{request}", "Requests that may be answered at once.");
    }
}

using System.Diagnostics.Metrics;
using Ingress.Routing.Hosting;

namespace Ingress.Routing.Kubernetes.Requests;

/// <summary>Counts what is written into the cluster (K48). Thread-safe.</summary>
internal sealed class WriteMetrics
{
    private readonly Counter<long> _statuses;
    private readonly Counter<long> _events;
    private Func<bool>? _isLeader;

    public WriteMetrics(IMeterFactory? meterFactory = null)
    {
        var meter = meterFactory?.Create(IngressRoutingTelemetry.MeterName) ?? new Meter(IngressRoutingTelemetry.MeterName);
        _statuses = meter.CreateCounter<long>("ingress_routing.kubernetes.status.writes", "{write}", "Writes of the status of an Ingress.");
        _events = meter.CreateCounter<long>("ingress_routing.kubernetes.events.written", "{event}", "Events written about Ingresses.");
        meter.CreateObservableGauge(
            "ingress_routing.kubernetes.leader", () => _isLeader is { } ask ? [new Measurement<int>(ask() ? 1 : 0)] : Array.Empty<Measurement<int>>(),
            null, "1 while this replica leads, else 0.");
    }

    /// <summary>Says whom to ask who leads.</summary>
    public void ObserveLeader(Func<bool> isLeader) => _isLeader = isLeader;

    public void StatusWritten(ApiAnswer answer) => _statuses.Add(1, new KeyValuePair<string, object?>("result", ResultOf(answer)));

    public void EventWritten(string reason, ApiAnswer answer) => _events.Add(
        1, new("reason", reason), new KeyValuePair<string, object?>("result", ResultOf(answer)));

    private static string ResultOf(ApiAnswer answer) => answer switch
    {
        { IsSuccess: true } => "written",
        { IsConflict: true } => "conflict",
        { IsMissing: true } => "missing",
        { IsInvalid: true } => "refused",
        { IsForbidden: true } => "forbidden",
        { Status: 0 } => "unreachable",
        _ => "failed",
    };
}

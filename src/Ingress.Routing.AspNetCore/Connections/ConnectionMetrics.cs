using System.Diagnostics.Metrics;
using Ingress.Routing.Hosting;

namespace Ingress.Routing.AspNetCore.Connections;

/// <summary>Measures how near the connections come to their limits.</summary>
internal sealed class ConnectionMetrics
{
    private static readonly KeyValuePair<string, object?> s_ofClients = new("side", "client");
    private static readonly KeyValuePair<string, object?> s_ofBackends = new("side", "backend");

    private readonly Counter<long> _closed;

    public ConnectionMetrics(ConnectionBudget budget, IMeterFactory meterFactory)
    {
        var meter = meterFactory.Create(IngressRoutingTelemetry.MeterName);
        _closed = meter.CreateCounter<long>(
            "ingress_routing.connections.closed", "{connection}", "Connections of clients that were closed for want of room, by reason.");
        meter.CreateObservableGauge("ingress_routing.connections.open", () => Open(budget), "{connection}", "Connections that are open.");
        meter.CreateObservableGauge("ingress_routing.connections.limit", () => Limits(budget), "{connection}", "Connections that may be open.");
    }

    /// <summary>It was idle, and another one took its place.</summary>
    public static KeyValuePair<string, object?> Idle { get; } = new("reason", "idle");

    /// <summary>All others were busy.</summary>
    public static KeyValuePair<string, object?> Refused { get; } = new("reason", "refused");

    public void Closed(KeyValuePair<string, object?> reason) => _closed.Add(1, reason);

    private static Measurement<int>[] Open(ConnectionBudget budget)
        => [new(budget.ClientConnections, s_ofClients), new(budget.BackendConnections, s_ofBackends)];

    private static Measurement<int>[] Limits(ConnectionBudget budget)
        => [new(budget.MaxClientConnections, s_ofClients), new(budget.MaxBackendConnections, s_ofBackends)];
}

using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Ingress.Routing.Hosting;

namespace Ingress.Routing.Forwarding.Health;

/// <summary>Counts endpoints that get requests and that do not. There are a few series for each Service port, and none by endpoint.</summary>
internal sealed class HealthMetrics
{
    private readonly ConcurrentDictionary<ClusterHealth, byte> _all = new();
    private readonly Counter<long> _setAside;

    public HealthMetrics(IMeterFactory meterFactory)
    {
        var meter = meterFactory.Create(IngressRoutingTelemetry.MeterName);
        _setAside = meter.CreateCounter<long>(
            "ingress_routing.endpoints.set_aside", "{endpoint}", "Endpoints that were to get no requests for a while, by Service port and cause.");
        meter.CreateObservableGauge(
            "ingress_routing.endpoints", Count, "{endpoint}", "Endpoints of the Service ports that are served, by whether they are well.");
    }

    public void Add(ClusterHealth health) => _all[health] = 0;

    public void Remove(ClusterHealth health) => _all.TryRemove(health, out _);

    public void SetAside(string service, string cause)
        => _setAside.Add(1, new KeyValuePair<string, object?>("service", service), new("cause", cause));

    // Of the clusters of one Service port the one that is worst off: they have the same endpoints.
    private List<Measurement<int>> Count()
    {
        var measurements = new List<Measurement<int>>();
        foreach (var service in _all.Keys.GroupBy(static health => health.Service))
        {
            var worst = service.MinBy(static health => health.Well)!;
            measurements.Add(new(worst.Well, new KeyValuePair<string, object?>("service", service.Key), new("state", "well")));
            measurements.Add(new(worst.All - worst.Well, new KeyValuePair<string, object?>("service", service.Key), new("state", "unwell")));
        }

        return measurements;
    }
}

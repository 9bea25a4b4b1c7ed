using System.Diagnostics.Metrics;
using Ingress.Routing.Gateway.Output;
using Ingress.Routing.Hosting;

namespace Ingress.Routing.Gateway.Serving;

/// <summary>Counts what was not written.</summary>
internal static class OutputMetrics
{
    public static void Create(IMeterFactory meterFactory, LogThrottle throttle, QueuedWriter output, QueuedWriter error)
    {
        var meter = meterFactory.Create(IngressRoutingTelemetry.MeterName);
        meter.CreateObservableCounter(
            "ingress_routing.log.suppressed", () => throttle.Suppressed, "{entry}", "Log entries that were left out because there were too many of their kind.");
        meter.CreateObservableCounter(
            "ingress_routing.output.dropped",
            () => (Measurement<long>[])[new(output.Dropped, Of("stdout")), new(error.Dropped, Of("stderr"))],
            "{line}",
            "Lines that were dropped because they were not read in time.");
    }

    private static KeyValuePair<string, object?> Of(string stream) => new("stream", stream);
}

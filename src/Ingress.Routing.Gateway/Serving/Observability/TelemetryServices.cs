using Ingress.Routing.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Ingress.Routing.Gateway.Serving.Observability;

/// <summary>Registers metrics and traces: for the admin listener, and for whoever takes them by OTLP.</summary>
internal static class TelemetryServices
{
    private const string ServiceName = "ingress-gateway";

    // How many sets of labels a route has in each instrument, as a rule. The SDK keeps room for all of them, and would cut them short at 2,000.
    private static readonly (string Instrument, int SetsOfARoute)[] s_ofRoutes =
    [
        ("ingress_routing.route.requests", 12), ("ingress_routing.request.duration", 6), ("ingress_routing.own_answers", 4), ("ingress_routing.upstream.duration", 1),
        ("ingress_routing.request.size", 1), ("ingress_routing.response.size", 1), ("ingress_routing.requests.active", 1),
    ];

    public static void Add(WebApplicationBuilder builder, RunSettings settings)
    {
        var otlp = OtlpSettings.Of(settings.Observability);
        if (settings.Admin.Count == 0 && !otlp.HasMetrics && !otlp.HasTraces)
        {
            return;
        }

        builder.Configuration.AddInMemoryCollection(otlp.Variables);
        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(resource =>
        {
            if (!otlp.NamesService)
            {
                resource.AddService(ServiceName, autoGenerateServiceInstanceId: false);
            }
        });
        if (settings.Admin.Count > 0 || otlp.HasMetrics)
        {
            telemetry.WithMetrics(metrics => AddMetrics(metrics, settings, otlp));
        }

        if (otlp.HasTraces)
        {
            telemetry.WithTracing(traces => AddTraces(traces, settings.Observability, otlp));
        }
    }

    private static void AddMetrics(MeterProviderBuilder metrics, RunSettings settings, OtlpSettings otlp)
    {
        var routes = settings.Observability.MaxMeasuredRoutes ?? new IngressRoutingOptions().MaxMeasuredRoutes;
        metrics.AddMeter(IngressRoutingTelemetry.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel");
        foreach (var (instrument, sets) in s_ofRoutes)
        {
            metrics.AddView(instrument, new MetricStreamConfiguration { CardinalityLimit = Math.Clamp(routes * sets, 2_000, 200_000) });
        }

        if (settings.Admin.Count > 0)
        {
            metrics.AddPrometheusExporter();
        }

        if (otlp.HasMetrics)
        {
            metrics.AddOtlpExporter();
        }
    }

    // A span by the server, and one by HttpClient for each try. Both are made by the platform, which passes the context on too.
    private static void AddTraces(TracerProviderBuilder traces, ObservabilitySettings settings, OtlpSettings otlp)
    {
        traces.AddSource("Microsoft.AspNetCore", "System.Net.Http").AddOtlpExporter();
        if (settings.TraceRatio is { } ratio)
        {
            traces.SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(ratio)));
        }
        else if (!otlp.NamesSampler)
        {
            traces.SetSampler(new ParentBasedSampler(new AlwaysOnSampler()));
        }
    }
}

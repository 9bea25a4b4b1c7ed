using Ingress.Routing.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Ingress.Routing.Gateway.Serving.Observability;

/// <summary>Registers metrics and traces: for the admin listener, and for whoever takes them by OTLP.</summary>
internal static class TelemetryServices
{
    private const string ServiceName = "ingress-gateway";

    // Every instrument has one set of labels a route, or a few; the limits of the SDK would cut them short in silence.
    private const int SetsOfARoute = 12;
    private const int FewestSets = 2_000;
    private const int MostSets = 200_000;

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
        var sets = Math.Clamp(routes * SetsOfARoute, FewestSets, MostSets);
        metrics
            .AddMeter(IngressRoutingTelemetry.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")
            .AddView("ingress_routing.route.requests", new MetricStreamConfiguration { CardinalityLimit = sets });
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

using System.Diagnostics.Metrics;

namespace Ingress.Routing.Hosting;

/// <summary>Measures the reload cycle and the table in force.</summary>
internal sealed class IngressReloadMetrics
{
    private static readonly KeyValuePair<string, object?> s_ofSource = new("stage", "source");
    private static readonly KeyValuePair<string, object?> s_ofCompilation = new("stage", "compile");

    private readonly Counter<long> _published;
    private readonly Counter<long> _failures;
    private readonly Histogram<double> _compileDuration;
    private volatile Diagnosis? _diagnosis;

    private long _publishedAt;

    // A host has a meter factory; a bare service provider need not.
    public IngressReloadMetrics(IngressRouter router, IMeterFactory? meterFactory = null, TimeProvider? time = null)
    {
        time ??= TimeProvider.System;
        _publishedAt = time.GetTimestamp();
        var meter = meterFactory?.Create(IngressRoutingTelemetry.MeterName) ?? new Meter(IngressRoutingTelemetry.MeterName);
        _published = meter.CreateCounter<long>("ingress_routing.tables", "{table}", "Route tables that were put in force.");
        _failures = meter.CreateCounter<long>("ingress_routing.reload.failures", "{failure}", "Sources that failed, and tables that could not be compiled.");
        _compileDuration = meter.CreateHistogram(
            "ingress_routing.compile.duration",
            "s",
            "Time taken to compile a route table.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] });
        meter.CreateObservableGauge("ingress_routing.routes", () => router.Current.Routes.Count, "{route}", "Routes in force.");
        meter.CreateObservableGauge("ingress_routing.table.generation", () => router.Generation.Number, "{table}", "The number of the route table in force.");
        meter.CreateObservableGauge(
            "ingress_routing.table.age", () => time.GetElapsedTime(Volatile.Read(ref _publishedAt)).TotalSeconds, "s", "How long the route table has been in force.");
        router.OnPublished(_ => Volatile.Write(ref _publishedAt, time.GetTimestamp())); // as long as the router, which nothing outlives
        _ = new CertificateMetrics(router, meter);
        meter.CreateObservableGauge("ingress_routing.diagnostics", () => CountDiagnostics(router.Current), "{diagnostic}", "Diagnostics in force.");
    }

    public void TablePublished(TimeSpan compileDuration)
    {
        _published.Add(1);
        _compileDuration.Record(compileDuration.TotalSeconds);
    }

    /// <summary>Tells how many diagnostics a table has, so that readers need not count them.</summary>
    public void Diagnosed(IngressRouteTable table, DiagnosticCounts counts) => _diagnosis = new Diagnosis(table, counts);

    public void SourceFailed() => _failures.Add(1, s_ofSource);

    public void CompilationFailed() => _failures.Add(1, s_ofCompilation);

    private Measurement<int>[] CountDiagnostics(IngressRouteTable table)
    {
        // The host application may publish tables of its own.
        var counts = _diagnosis is { } known && known.Table == table ? known.Counts : DiagnosticCounts.Of(table.Diagnostics);
        return [Count("error", counts.Errors), Count("warning", counts.Warnings), Count("info", counts.Infos)];

        static Measurement<int> Count(string severity, int count) => new(count, new KeyValuePair<string, object?>("severity", severity));
    }

    private sealed record Diagnosis(IngressRouteTable Table, DiagnosticCounts Counts);
}

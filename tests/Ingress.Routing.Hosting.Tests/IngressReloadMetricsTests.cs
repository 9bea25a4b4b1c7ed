using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Time.Testing;

namespace Ingress.Routing.Hosting.Tests;

public sealed class IngressReloadMetricsTests
{
    [Fact]
    public async Task Measurements_AfterReloads_TellWhatHappened()
    {
        using var meters = new TestMeterFactory();
        var router = new IngressRouter();
        var metrics = new IngressReloadMetrics(router, meters);
        using var listener = new MeasurementListener(meters);
        var logger = new ListLogger<IngressReloadService>();
        var source = new ScriptedSource();
        using var service = new IngressReloadService(
            router, [source], Microsoft.Extensions.Options.Options.Create(new IngressRoutingOptions()), metrics, TimeProvider.System, logger);

        source.Fail(new IOException("disk on fire"));
        source.Yield(Some.Snapshot(
            Some.Ingress("shop/a", [Some.Rule("a.test", Some.Prefix("/"), Some.Prefix("/x"))]),
            Some.Ingress("shop/invalid", [Some.Rule("NOT.A.HOST", Some.Prefix("/"))])));
        await service.StartAsync(CancellationToken.None);
        await Eventually.Holds(() => router.HasPublished && listener.Sum("ingress_routing.tables") == 1, "the first table");
        source.Yield(new() { Ingresses = null! });
        await Eventually.Holds(() => listener.Sum("ingress_routing.reload.failures", "compile") == 1, "the failed compilation");
        await service.StopAsync(CancellationToken.None);
        listener.RecordObservableInstruments();

        Assert.Equal(1, listener.Sum("ingress_routing.reload.failures", "source"));
        Assert.Equal(2, listener.Sum("ingress_routing.routes"));
        Assert.True(listener.Sum("ingress_routing.diagnostics", "error") > 0);
        Assert.True(listener.Sum("ingress_routing.compile.duration") > 0);
        Assert.Equal(1, listener.Sum("ingress_routing.table.generation"));
    }

    [Fact]
    public void Age_OfATable_BeginsWhenItIsPublished()
    {
        using var meters = new TestMeterFactory();
        var time = new FakeTimeProvider();
        var router = new IngressRouter();
        _ = new IngressReloadMetrics(router, meters, time);
        time.Advance(TimeSpan.FromSeconds(50));
        router.Publish(IngressRouteTable.Empty);
        time.Advance(TimeSpan.FromSeconds(7));
        using var listener = new MeasurementListener(meters);

        listener.RecordObservableInstruments();

        Assert.Equal(7, listener.Sum("ingress_routing.table.age"));
    }

    [Fact]
    public void Certificates_OfATable_TellWhenTheyExpire()
    {
        using var meters = new TestMeterFactory();
        var router = new IngressRouter();
        _ = new IngressReloadMetrics(router, meters);
        using var listener = new MeasurementListener(meters);
        var secret = TestCertificates.Secret("shop/web-tls", "a.test");
        router.Publish(IngressRouteTable.Compile(Some.Snapshot(
            Some.Ingress("shop/a", [Some.Rule("a.test", Some.Prefix("/"))]) with { Tls = [new() { Hosts = ["a.test"], SecretName = "web-tls" }] }) with
        { Secrets = [secret] }));
        var expiry = router.Current.FindCertificate("a.test")!.NotAfter;

        listener.RecordObservableInstruments();

        Assert.Equal(expiry.ToUnixTimeSeconds(), listener.Sum("ingress_routing.certificate.expiry", "shop"));
        Assert.Equal(1, listener.Sum("ingress_routing.certificates"));
    }

    [Fact]
    public void Create_WithoutMeterFactory_Works()
    {
        var metrics = new IngressReloadMetrics(new IngressRouter());

        metrics.SourceFailed();
    }

    private sealed class TestMeterFactory : IMeterFactory
    {
        private readonly ConcurrentBag<Meter> _meters = [];

        public Meter Create(MeterOptions options)
        {
            options.Scope = this;
            var meter = new Meter(options);
            _meters.Add(meter);
            return meter;
        }

        public void Dispose()
        {
            foreach (var meter in _meters)
            {
                meter.Dispose();
            }
        }
    }

    private sealed class MeasurementListener : IDisposable
    {
        private readonly ConcurrentBag<(string Instrument, string? Tag, double Value)> _measurements = [];
        private readonly MeterListener _listener = new();

        public MeasurementListener(IMeterFactory scope)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == scope && instrument.Meter.Name == IngressRoutingTelemetry.MeterName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.Start();
        }

        public double Sum(string instrument, string? tag = null)
            => _measurements.Where(entry => entry.Instrument == instrument && (tag is null || entry.Tag == tag)).Sum(entry => entry.Value);

        public void RecordObservableInstruments() => _listener.RecordObservableInstruments();

        public void Dispose() => _listener.Dispose();

        private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
            => _measurements.Add((instrument.Name, tags.Length > 0 ? tags[0].Value as string : null, value));
    }
}

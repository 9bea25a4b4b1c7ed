using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Ingress.Routing.Policies;
using Microsoft.Extensions.DependencyInjection;

namespace Ingress.Routing.Forwarding.Tests.Health;

/// <summary>Retries and health are counted by Service port, and not by endpoint.</summary>
public sealed class BackendMetricsTests
{
    [Fact]
    public async Task RetriesAndEndpoints_AreCountedByServicePort()
    {
        await using var fleet = await Fleet.StartAsync(
            [Fleet.Reset, Fleet.Ok],
            static options => options.Health = new EndpointHealth { MaxFailures = 3, AsideTime = TimeSpan.FromHours(1), MaxAsideTime = TimeSpan.FromHours(1) });
        var counted = new ConcurrentDictionary<string, double>();
        var meters = fleet.Proxy.Services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, meters) && instrument.Name.StartsWith("ingress_routing.", StringComparison.Ordinal))
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => counted.AddOrUpdate(KeyOf(instrument, tags), value, (_, before) => before + value));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => counted[KeyOf(instrument, tags)] = value);
        listener.Start();

        Assert.Equal([200], await fleet.AskAsync(30));
        listener.RecordObservableInstruments();

        Assert.Equal(3, counted["ingress_routing.backend.retries service=t/web:80 cause=connection"]);
        Assert.Equal(1, counted["ingress_routing.endpoints.set_aside service=t/web:80 cause=failures"]);
        Assert.Equal(1, counted["ingress_routing.endpoints service=t/web:80 state=well"]);
        Assert.Equal(1, counted["ingress_routing.endpoints service=t/web:80 state=unwell"]);
        Assert.DoesNotContain(counted.Keys, static key => key.Contains("127.0.0.1", StringComparison.Ordinal));
    }

    private static string KeyOf(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = instrument.Name;
        foreach (var (name, value) in tags)
        {
            key += $" {name}={value}";
        }

        return key;
    }
}

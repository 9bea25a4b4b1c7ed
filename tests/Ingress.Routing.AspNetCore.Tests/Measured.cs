using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Ingress.Routing.Hosting;

namespace Ingress.Routing.AspNetCore.Tests;

/// <summary>What the instruments of one application have measured.</summary>
internal sealed class Measured : IDisposable
{
    private readonly ConcurrentQueue<(string Instrument, string Labels, double Value)> _all = [];
    private readonly MeterListener _listener = new();

    public Measured(IServiceProvider services)
    {
        var factory = services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == factory && instrument.Meter.Name == IngressRoutingTelemetry.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, labels, _) => Add(instrument, value, labels));
        _listener.SetMeasurementEventCallback<int>((instrument, value, labels, _) => Add(instrument, value, labels));
        _listener.SetMeasurementEventCallback<double>((instrument, value, labels, _) => Add(instrument, value, labels));
        _listener.Start();
    }

    /// <summary>The values of an instrument with their labels, as <c>name=value,...</c>.</summary>
    public IReadOnlyList<(string Labels, double Value)> Of(string instrument)
        => [.. _all.Where(item => item.Instrument == instrument).Select(static item => (item.Labels, item.Value))];

    public void Observe() => _listener.RecordObservableInstruments();

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
        => _all.Enqueue((instrument.Name, string.Join(',', labels.ToArray().Select(static label => $"{label.Key}={label.Value}")), value));
}

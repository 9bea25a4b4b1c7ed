using System.Diagnostics.Metrics;
using Ingress.Routing.Hosting;
using Ingress.Routing.Kubernetes.Reading;

namespace Ingress.Routing.Kubernetes.Watching;

/// <summary>Measures what is read of the cluster (K48). Thread-safe.</summary>
internal sealed class KubernetesMetrics
{
    private readonly Counter<long> _relists;
    private readonly Counter<long> _events;
    private readonly Histogram<double> _delay;
    private readonly TimeProvider _time;
    private volatile Func<IReadOnlyList<Reflector>> _reflectors = static () => [];
    private long _oldest;

    public KubernetesMetrics(TimeProvider time, IMeterFactory? meterFactory = null)
    {
        _time = time;
        Meter = meterFactory?.Create(IngressRoutingTelemetry.MeterName) ?? new Meter(IngressRoutingTelemetry.MeterName);
        _relists = Meter.CreateCounter<long>("ingress_routing.kubernetes.lists", "{list}", "Complete lists, by kind and reason.");
        _events = Meter.CreateCounter<long>("ingress_routing.kubernetes.events", "{event}", "Events of watches, by kind and type.");
        _delay = Meter.CreateHistogram(
            "ingress_routing.kubernetes.change.delay",
            "s",
            "Time from an event being received to the table with it in force.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5] });
        Meter.CreateObservableGauge("ingress_routing.kubernetes.objects", () => ByKind(static group => group.Sum(static one => (long)one.Count)), "{object}", "Objects known, by kind.");
        Meter.CreateObservableGauge("ingress_routing.kubernetes.contact.age", ContactAges, "s", "Time since the API server was last heard of, by kind.");
        Meter.CreateObservableCounter("ingress_routing.kubernetes.read", () => ByKind(static group => group.Sum(static one => one.Health.Bytes)), "By", "Bytes of lists and watches, by kind.");
    }

    /// <summary>Where further instruments of the cluster belong.</summary>
    public Meter Meter { get; }

    public void Observe(Func<IReadOnlyList<Reflector>> reflectors) => _reflectors = reflectors;

    public void Listed(string kind, RelistReason reason) => _relists.Add(1, new("kind", kind), new("reason", NameOf(reason)));

    public void Received(string kind, WatchEventType type) => _events.Add(1, new("kind", kind), new("type", NameOf(type)));

    /// <summary>Tells that an event changed something.</summary>
    /// <param name="received">When it came.</param>
    public void Changed(long received) => Interlocked.CompareExchange(ref _oldest, received, 0);

    /// <summary>Tells that a table is in force.</summary>
    public void Published()
    {
        if (Interlocked.Exchange(ref _oldest, 0) is not 0 and var received)
        {
            _delay.Record(_time.GetElapsedTime(received).TotalSeconds);
        }
    }

    private IEnumerable<Measurement<double>> ContactAges()
        => ByKind(group => group
            .Where(static one => one.Health.LastContact != 0)
            .Select(one => _time.GetElapsedTime(one.Health.LastContact).TotalSeconds)
            .DefaultIfEmpty(0)
            .Max());

    private List<Measurement<T>> ByKind<T>(Func<IEnumerable<Reflector>, T> measure)
        where T : struct
        => [.. _reflectors().GroupBy(static one => one.Scope.Kind.Name).Select(group => new Measurement<T>(measure(group), new KeyValuePair<string, object?>("kind", group.Key)))];

    private static string NameOf(RelistReason reason) => reason switch
    {
        RelistReason.First => "first",
        RelistReason.Expired => "expired",
        RelistReason.Restored => "restored",
        _ => "unreadable",
    };

    private static string NameOf(WatchEventType type) => type switch
    {
        WatchEventType.Added => "added",
        WatchEventType.Modified => "modified",
        WatchEventType.Deleted => "deleted",
        WatchEventType.Bookmark => "bookmark",
        WatchEventType.Error => "error",
        _ => "unknown",
    };
}

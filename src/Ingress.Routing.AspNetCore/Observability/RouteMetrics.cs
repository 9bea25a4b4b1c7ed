using System.Diagnostics.Metrics;
using Ingress.Routing.Hosting;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.AspNetCore;

/// <summary>Measures requests by route, Ingress and Service. No label comes from a request but its method, and that is one of ten.</summary>
internal sealed class RouteMetrics
{
    private readonly SeriesDirectory _series;
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _upstreamDuration;
    private readonly Histogram<long> _requestSize;
    private readonly Histogram<long> _responseSize;
    private readonly Counter<long> _ownAnswers;
    private readonly ObservableUpDownCounter<int> _active;

    public RouteMetrics(IMeterFactory meterFactory, int maxRoutes)
    {
        _series = new(maxRoutes);
        var meter = meterFactory.Create(IngressRoutingTelemetry.MeterName);
        InstrumentAdvice<double> seconds = new() { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] };
        InstrumentAdvice<long> bytes = new() { HistogramBucketBoundaries = [100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000] };
        _requests = meter.CreateCounter<long>(
            "ingress_routing.route.requests", "{request}", "Requests by route, Ingress, Service, method and class of the status.");
        _duration = meter.CreateHistogram(
            "ingress_routing.request.duration", "s", "Time from the head of a request to the end of its response.", advice: seconds);
        _upstreamDuration = meter.CreateHistogram(
            "ingress_routing.upstream.duration", "s", "Time from sending a request on to the head of the response.", advice: seconds);
        _requestSize = meter.CreateHistogram("ingress_routing.request.size", "By", "Bytes of the bodies of requests.", advice: bytes);
        _responseSize = meter.CreateHistogram("ingress_routing.response.size", "By", "Bytes of the bodies of responses.", advice: bytes);
        _ownAnswers = meter.CreateCounter<long>(
            "ingress_routing.own_answers", "{request}", "Requests that no backend has answered, by reason.");
        _active = meter.CreateObservableUpDownCounter(
            "ingress_routing.requests.active", Active, "{request}", "Requests that are being served.");
    }

    /// <summary>Whether anything of it is listened to.</summary>
    public bool IsEnabled => _requests.Enabled || _duration.Enabled || _active.Enabled || _ownAnswers.Enabled || _responseSize.Enabled;

    public void Completed(HttpContext context, IngressRequestRecord record)
    {
        if (!IsEnabled)
        {
            return;
        }

        // Not those in which it was counted as being served: a canary without endpoints, or a fallback, may have changed the Service since.
        var series = SeriesOf(record.Match.Route, record.Service);
        _requests.Add(1, series.RequestsOf(context.Request.Method, record.Status));
        _duration.Record(record.Duration.TotalSeconds, series.DurationsOf(record.Status));
        if (record.RequestBytes > 0)
        {
            _requestSize.Record(record.RequestBytes, series.Sizes);
        }

        _responseSize.Record(record.ResponseBytes, series.Sizes);
        if (record.UpstreamHead is { } head)
        {
            _upstreamDuration.Record(head.TotalSeconds, series.Sizes);
        }

        if (record.Reason is { } reason)
        {
            _ownAnswers.Add(1, series.ReasonOf(reason));
        }
    }

    /// <summary>The labels of a request.</summary>
    public RequestSeries SeriesOf(IngressRoute? route, ServiceReference? service)
        => route is null ? _series.None : _series.Of(route).Of(service);

    private IEnumerable<Measurement<int>> Active() => _series.All.Select(static series => new Measurement<int>(series.Active, series.All));
}

using System.Collections.Concurrent;

namespace Ingress.Routing.AspNetCore;

/// <summary>The labels of one route: one set for each Service port that gets its requests, which is nearly always one.</summary>
internal sealed class RouteSeries
{
    private readonly IngressRoute _route;
    private readonly SeriesDirectory _directory;
    private readonly RequestSeries _first;
    private readonly ServiceReference? _firstService;
    private ConcurrentDictionary<ServiceReference, RequestSeries>? _others;

    public RouteSeries(IngressRoute route, SeriesDirectory directory)
    {
        _route = route;
        _directory = directory;
        _firstService = route.Service;
        _first = Find(route.Service);
    }

    /// <summary>The name of the Ingress of a route; <c>default</c> for the default backend that no Ingress has.</summary>
    public static string IngressOf(IngressRoute route) => route.Source.IsConfigured ? "default" : route.Source.Name.ToString();

    public RequestSeries Of(ServiceReference? service)
    {
        if (ReferenceEquals(service, _firstService) || service == _firstService || service is null)
        {
            return _first;
        }

        var others = _others ?? Interlocked.CompareExchange(ref _others, new(), null) ?? _others;
        return others.GetOrAdd(service, static (other, series) => series.Find(other), this);
    }

    private RequestSeries Find(ServiceReference? service)
        => _directory.Find(_route.Id, IngressOf(_route), service?.ToString() ?? (_route.Resource is { } resource ? $"{resource.Kind}/{resource.Name}" : "none"));
}

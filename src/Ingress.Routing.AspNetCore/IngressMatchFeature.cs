using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.AspNetCore;

/// <summary>What the middleware found out about one request.</summary>
internal sealed class IngressMatchFeature : IIngressMatchFeature
{
    private const double BeforeOne = 1 - (1.0 / (1L << 53));

    private readonly double _point;
    private BackendShare _choice;
    private HttpPolicyRequest? _request;

    public IngressMatchFeature(HttpContext context, IngressMatch match, RouteTableGeneration generation)
    {
        Match = match;
        Generation = generation;
        ForwardedPath = match.Path;
        ForwardedQuery = match.Query;
        Service = match.Route!.Service;

        // Now, because policies may change the headers on which it depends.
        if (match.Route.Split is { } split)
        {
            _point = Random.Shared.NextDouble();
            _choice = split.Choose(new HttpRouteRequest(context), _point);
            Service = _choice.Service;
        }
    }

    public IngressMatch Match { get; }

    public RouteTableGeneration Generation { get; }

    public IngressRouteTable Table => Generation.Table;

    public ServiceReference? Service { get; private set; }

    public ReadOnlyMemory<char> ForwardedPath { get; private set; }

    public ReadOnlyMemory<char> ForwardedQuery { get; private set; }

    public string? StrippedPrefix { get; private set; }

    public bool TryAvoidCanary()
    {
        if (!_choice.IsCanary)
        {
            return false;
        }

        // The part of the line that the canary took, drawn out to a whole one.
        _choice = Match.Route!.Split!.Choose(RouteRequest.Plain, Math.Min(_point / _choice.Share, BeforeOne), withCanary: false);
        Service = _choice.Service;
        return true;
    }

    public bool TryStayWith(ServiceReference service)
    {
        if (service == Service)
        {
            return true;
        }

        if (Match.Route!.Split is not { } split || !Match.Route.Services.Contains(service))
        {
            return false;
        }

        _choice = new(service, Share: 1, BackendReason.Session, IsCanary: split.Backends.All(backend => backend.Service != service));
        Service = service;
        return true;
    }

    // Made when the first policy asks.
    public IPolicyRequest RequestOf(HttpContext context) => _request ??= new(context, Match, Table);

    public void SendTo(ServiceReference service, string? target = null)
    {
        ArgumentNullException.ThrowIfNull(service);
        _choice = default;
        Service = service;
        if (target is not null)
        {
            Rewrite(target, strippedPrefix: null);
        }
    }

    /// <summary>Lets the request go on with another target.</summary>
    /// <param name="target">A canonical path, with an optional query.</param>
    /// <param name="strippedPrefix">What was taken away from the start of the path; null when nothing was.</param>
    public void Rewrite(string target, string? strippedPrefix)
    {
        StrippedPrefix = strippedPrefix;
        var query = target.IndexOf('?', StringComparison.Ordinal);
        ForwardedPath = query < 0 ? target.AsMemory() : target.AsMemory(0, query);
        ForwardedQuery = query < 0 ? default : target.AsMemory(query);
    }
}

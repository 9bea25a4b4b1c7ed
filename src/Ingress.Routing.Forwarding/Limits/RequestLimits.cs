using System.Diagnostics.CodeAnalysis;
using Ingress.Routing.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Ingress.Routing.Forwarding.Limits;

/// <summary>What keeps one request, or the requests for one Service, from using everything up.</summary>
internal sealed class RequestLimits : IDisposable
{
    // Fewer could not keep the connections busy that there are even where descriptors are scarce.
    private const int FewestPerService = 32;

    private readonly ConnectionBudget? _budget;
    private readonly IDisposable? _changes;
    private readonly int _maxHops;
    private volatile IngressForwardingOptions _current;
    private readonly ILogger _logger;

    public RequestLimits(IOptionsMonitor<IngressForwardingOptions> options, ILogger<RequestLimits> logger, ConnectionBudget? budget = null)
    {
        _budget = budget;
        _logger = logger;
        _current = options.CurrentValue;
        _changes = options.OnChange(changed => _current = changed);
        _maxHops = _current.MaxHops;
        Connections = budget is null ? null : new BackendConnections(budget);
    }

    /// <summary>The bound on connections; null where the server has none.</summary>
    public BackendConnections? Connections { get; }

    // One Service whose backend hangs leaves a quarter of the connections to all others.
    private int MaxRequestsPerService
        => _current.MaxRequestsPerService ?? (_budget is null ? int.MaxValue : Math.Max(FewestPerService, (int)(_budget.MaxBackendConnections * 3L / 4)));

    /// <summary>Whether a request has been forwarded so often that it most likely goes round in a circle.</summary>
    public bool IsLoop(HttpContext context) => HopCount.Of(context.Request.Headers) >= _maxHops;

    /// <summary>Lets a request in, to be followed by <see cref="Leave"/>, or says how it is answered instead.</summary>
    public bool TryEnter(HttpContext context, IngressRoute route, ServiceCluster cluster, [NotNullWhen(false)] out Task? answer)
    {
        answer = null;
        var hops = HopCount.Of(context.Request.Headers);
        if (hops >= _maxHops)
        {
            LimitLog.Loop(_logger, route, cluster.Destinations.Service, hops);
            answer = PlainAnswer.LoopAsync(context);
            return false;
        }

        var max = MaxRequestsPerService;
        if (!cluster.Requests.TryEnter(max))
        {
            LimitLog.ServiceBusy(_logger, cluster.Destinations.Service, max);
            answer = PlainAnswer.BusyAsync(context);
            return false;
        }

        return true;
    }

    public void Dispose() => _changes?.Dispose();

    public void Leave(HttpContext context, ServiceCluster cluster)
    {
        cluster.Requests.Leave();
        Connections?.RequestEnds(context);
    }

    /// <summary>Notes that a request goes on to another endpoint.</summary>
    public void RequestMoves(HttpContext context, string prefix) => Connections?.RequestBegins(context, prefix);

    /// <summary>Whether a request failed because there was no room for a connection.</summary>
    public bool IsBusy(HttpContext context, ServiceReference service)
    {
        if (Connections is null || !BackendConnectionsExhaustedException.IsCauseOf(context.GetForwarderErrorFeature()?.Exception))
        {
            return false;
        }

        LimitLog.ConnectionsFull(_logger, service, Connections.Max);
        return true;
    }

    public void AddTo(TransformBuilderContext context)
    {
        context.RequestTransforms.Add(HopCount.Transform);
        if (Connections is not null)
        {
            context.RequestTransforms.Add(new DestinationTransform(Connections));
        }
    }

    private sealed class DestinationTransform(BackendConnections connections) : RequestTransform
    {
        public override ValueTask ApplyAsync(RequestTransformContext context)
        {
            connections.RequestBegins(context.HttpContext, context.DestinationPrefix);
            return ValueTask.CompletedTask;
        }
    }
}

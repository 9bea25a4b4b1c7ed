using System.Diagnostics.CodeAnalysis;
using Ingress.Routing.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ingress.Routing.Forwarding.Limits;

/// <summary>What keeps one request, or the requests for one Service, from using everything up.</summary>
internal sealed class RequestLimits : IDisposable
{
    // Fewer could not keep the connections busy that there are even where descriptors are scarce.
    private const int FewestPerService = 32;

    private const int MillisecondsPerBudget = 1_000;

    private readonly ConnectionBudget? _budget;
    private readonly IDisposable? _changes;
    private readonly int _maxHops;
    private volatile IngressForwardingOptions _current;
    private readonly ILogger _logger;
    private volatile int _maxForNow;
    private long _maxReadAt = -MillisecondsPerBudget;

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

    // One Service whose backend hangs leaves a quarter of the connections to all others. The budget counts open files again and again, which
    // connections have to wait for; requests would have it do so all the time.
    private int MaxRequestsPerService
    {
        get
        {
            if (_current.MaxRequestsPerService is { } max)
            {
                return max;
            }

            if (_budget is null)
            {
                return int.MaxValue;
            }

            var now = Environment.TickCount64;
            if (now - Volatile.Read(ref _maxReadAt) >= MillisecondsPerBudget)
            {
                _maxForNow = Math.Max(FewestPerService, (int)(_budget.MaxBackendConnections * 3L / 4));
                Volatile.Write(ref _maxReadAt, now);
            }

            return _maxForNow;
        }
    }

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

    public void Leave(ForwardedRequest request, ServiceCluster cluster)
    {
        cluster.Requests.Leave();
        Connections?.RequestEnds(request);
    }

    /// <summary>Notes that a request goes on to another endpoint.</summary>
    public void RequestMoves(HttpContext context, string prefix) => Connections?.RequestBegins(context.Features.Get<ForwardedRequest>()!, prefix);

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
}

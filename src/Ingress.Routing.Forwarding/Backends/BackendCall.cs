using System.Diagnostics;
using Ingress.Routing.AspNetCore;
using Ingress.Routing.Forwarding.Health;
using Ingress.Routing.Forwarding.Limits;
using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Model;

namespace Ingress.Routing.Forwarding.Backends;

/// <summary>One request on its way to a backend about which policies say something. Used by one thread at a time.</summary>
internal sealed class BackendCall(HttpContext context, BackendPlan plan, long start)
{
    /// <summary>Where the message to the backend keeps it.</summary>
    public static readonly HttpRequestOptionsKey<BackendCall> Key = new("Ingress.Routing.BackendCall");

    private readonly List<DestinationState> _tried = [];
    private List<FailedTry>? _failures;
    private int _triedBefore;

    public HttpContext Context { get; } = context;

    /// <summary>When the request came to be forwarded.</summary>
    public long Start { get; } = start;

    public BackendPlan Plan { get; } = plan;

    /// <summary>The session that the request belongs to; null where there are none.</summary>
    public Session? Session { get; set; }

    /// <summary>The cluster that the request goes to.</summary>
    public ClusterState Cluster { get; set; } = null!;

    /// <summary>What the request counts towards.</summary>
    public RequestCount Requests { get; set; } = null!;

    /// <summary>What decides which endpoints get requests; null leaves it to YARP.</summary>
    public ClusterHealth? Health { get; set; }

    /// <summary>The endpoint that was chosen for the next attempt; null leaves it to the balancing.</summary>
    public DestinationState? Next { get; set; }

    /// <summary>Whether the next attempt needs a connection that is certain to be open.</summary>
    public bool UsesNewConnection { get; set; }

    /// <summary>The attempts that failed and were followed by another one.</summary>
    public IReadOnlyList<FailedTry> Failures => _failures ?? [];

    /// <summary>Why the last endpoint took too long; null when it did not.</summary>
    public Exception? TimedOut { get; set; }

    /// <summary>The endpoints that were tried, the one that is being tried included.</summary>
    public IReadOnlyList<DestinationState> Tried => _tried;

    public IPolicyRequest Request => Context.GetIngressMatch()!.RequestOf(Context);

    /// <summary>Begins with the endpoint that was chosen. A downgraded WebSocket begins twice.</summary>
    public void Begin(DestinationState destination)
    {
        _tried.RemoveRange(_triedBefore, _tried.Count - _triedBefore);
        if (Session is { HasChosen: false } session)
        {
            session.Choose([destination], [destination], []); // the only one, which nothing chose
        }

        _tried.Add(destination);
    }

    /// <summary>Begins after an endpoint was tried without this.</summary>
    public void BeginAfter(DestinationState destination)
    {
        _tried.Add(destination);
        _triedBefore = 1;
    }

    /// <summary>Notes that the last attempt failed, and is followed by another one.</summary>
    public void AddFailure(string endpoint, string cause) => (_failures ??= []).Add(new(endpoint, cause));

    /// <summary>Notes that an endpoint is being tried.</summary>
    public void Try(DestinationState destination) => _tried.Add(destination);

    /// <summary>Whether the time for the request as a whole is over.</summary>
    public bool IsOver { get; set; }

    /// <summary>Whether a further endpoint may be tried, as far as their number and the time goes.</summary>
    public bool HasTriesLeft(Retries retries)
        => (retries.MaxTries == 0 || _tried.Count < retries.MaxTries)
            && (retries.MaxTime is not { } limit || Stopwatch.GetElapsedTime(Start) < limit);
}

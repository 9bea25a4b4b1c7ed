using Ingress.Routing.Policies;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Model;

namespace Ingress.Routing.Forwarding.Health;

/// <summary>Decides which endpoints of one cluster get requests, by those that they got and by probes. Thread-safe.</summary>
internal sealed class ClusterHealth : IDisposable
{
    private const int ManyRequests = 100;

    private readonly EndpointHealth _policy;
    private readonly ClusterState _cluster;
    private readonly TimeProvider _time;
    private readonly HealthMetrics _metrics;
    private readonly ILogger _logger;
    private readonly EndpointProber? _prober;
    private readonly Lock _gate = new();
    private readonly Dictionary<DestinationState, ITimer> _timers = [];
    private long _lookedAt = Environment.TickCount64;
    private long _windowAt = Environment.TickCount64;
    private bool _isPanicking;
    private bool _isStarted;
    private bool _isDisposed;

    public ClusterHealth(EndpointHealth policy, EndpointProber? prober, ClusterState cluster, string service, TimeProvider time, HealthMetrics metrics, ILogger logger)
    {
        _policy = policy;
        _prober = prober;
        _cluster = cluster;
        Service = service;
        _time = time;
        _metrics = metrics;
        _logger = logger;
    }

    /// <summary>How long the requests are gathered by which endpoints are compared.</summary>
    public TimeSpan Window { get; init; }

    /// <summary>The Service port.</summary>
    public string Service { get; }

    /// <summary>How many endpoints there are.</summary>
    public int All { get; private set; }

    /// <summary>How many of them are well.</summary>
    public int Well { get; private set; }

    /// <summary>The cluster is in use from now on.</summary>
    public void Start()
    {
        _metrics.Add(this);
        lock (_gate)
        {
            _isStarted = true;
            _prober?.Watch(this, [.. _cluster.Destinations.Values]);
        }
    }

    /// <summary>Endpoints have come or gone.</summary>
    /// <param name="come">Those that have come to others; they get fewer requests at first.</param>
    public void OnChanged(IReadOnlyList<DestinationState> come)
    {
        lock (_gate)
        {
            foreach (var destination in come)
            {
                EndpointState.Of(destination).Warm(_policy.SlowStart);
            }

            foreach (var (gone, timer) in _timers.Where(pair => !_cluster.Destinations.Values.Contains(pair.Key)).ToList())
            {
                timer.Dispose();
                _timers.Remove(gone);
            }

            Refresh();
            if (_isStarted && !_isDisposed)
            {
                _prober?.Watch(this, [.. _cluster.Destinations.Values]);
            }
        }
    }

    /// <summary>A request has come to a good end.</summary>
    public void Succeeded(DestinationState destination, int status)
    {
        if (!_policy.FailureStatuses.IsEmpty && _policy.FailureStatuses.Contains(status))
        {
            Failed(destination, $"status {status}", hasAnswered: true);
        }
        else
        {
            EndpointState.Of(destination).Succeed();
            LookForOutliers();
        }
    }

    /// <summary>A request has failed, and the endpoint is the reason.</summary>
    /// <param name="destination">The endpoint.</param>
    /// <param name="cause">What went wrong, for people.</param>
    /// <param name="hasAnswered">Whether it had begun to answer.</param>
    public void Failed(DestinationState destination, string cause, bool hasAnswered)
    {
        var state = EndpointState.Of(destination);
        var inRow = state.Fail(hasAnswered);
        if (_policy.MaxFailures > 0 && inRow >= _policy.MaxFailures && !state.IsAside)
        {
            SetAside(destination, "failures", inRow == 1 ? $"a request failed ({cause})" : $"{inRow} requests in a row failed, the last one so: {cause}");
        }

        LookForOutliers();
    }

    /// <summary>A probe was answered, or not.</summary>
    public void Probed(DestinationState destination, HealthProbe probe, string? failure)
    {
        lock (_gate)
        {
            var state = EndpointState.Of(destination);
            state.Probes = failure is null ? Math.Max(state.Probes, 0) + 1 : Math.Min(state.Probes, 0) - 1;
            if (!state.IsDown && state.Probes <= -probe.Fall)
            {
                state.IsDown = true;
                Refresh();
                HealthLog.ProbesFail(_logger, Service, destination.DestinationId, -state.Probes, failure!, Well, All);
                _metrics.SetAside(Service, "probes");
            }
            else if (state.IsDown && state.Probes >= probe.Rise)
            {
                state.IsDown = false;
                state.Warm(_policy.SlowStart);
                Refresh();
                HealthLog.Back(_logger, Service, destination.DestinationId);
            }
        }
    }

    public void Dispose()
    {
        _metrics.Remove(this);
        lock (_gate)
        {
            _isDisposed = true;
            _prober?.Dispose();
            foreach (var destination in _cluster.Destinations.Values)
            {
                EndpointState.Of(destination).EndWarming();
            }

            foreach (var timer in _timers.Values)
            {
                timer.Dispose();
            }

            _timers.Clear();
        }
    }

    private void SetAside(DestinationState destination, string kind, string cause)
    {
        lock (_gate)
        {
            var state = EndpointState.Of(destination);
            if (_isDisposed || state.IsAside || _cluster.Destinations.Count < 2 || !_cluster.Destinations.Values.Contains(destination))
            {
                return;
            }

            var now = Environment.TickCount64;
            var (times, last, backAt) = state.Aside;
            times = times > 0 && now - backAt < 2 * last.TotalMilliseconds + 1000 ? times : 0;
            var time = TimeSpan.FromTicks(Math.Min((long)(_policy.AsideTime.Ticks * Math.Pow(2, Math.Min(times, 20))), Math.Max(_policy.MaxAsideTime.Ticks, _policy.AsideTime.Ticks)));
            state.IsAside = true;
            state.Aside = (times + 1, time, now + (long)time.TotalMilliseconds);
            _timers[destination] = _time.CreateTimer(static back => ((Action)back!)(), () => BringBack(destination), time, Timeout.InfiniteTimeSpan);
            Refresh();
            HealthLog.SetAside(_logger, Service, destination.DestinationId, time.TotalSeconds, cause, Well, All);
            _metrics.SetAside(Service, kind);
        }
    }

    // One more failure is enough to set it aside again, for twice as long.
    private void BringBack(DestinationState destination)
    {
        lock (_gate)
        {
            if (_timers.Remove(destination, out var timer))
            {
                timer.Dispose();
                var state = EndpointState.Of(destination);
                state.Doubt(Math.Max(0, _policy.MaxFailures - 1));
                state.IsAside = false;
                state.Warm(_policy.SlowStart);
                Refresh();
                HealthLog.Back(_logger, Service, destination.DestinationId);
            }
        }
    }

    // For code that holds the gate.
    private void Refresh()
    {
        List<DestinationState> all = [.. _cluster.Destinations.Values];
        List<DestinationState> well = [.. all.Where(static destination => EndpointState.Of(destination) is { IsAside: false, IsDown: false })];
        var isPanic = well.Count < all.Count && (well.Count == 0 || well.Count * 100 < all.Count * _policy.PanicPercent);
        if (isPanic && !_isPanicking)
        {
            HealthLog.Panic(_logger, Service, well.Count, all.Count, _policy.PanicPercent);
        }
        else if (!isPanic && _isPanicking)
        {
            HealthLog.PanicEnds(_logger, Service, well.Count, all.Count);
        }

        _isPanicking = isPanic;
        All = all.Count;
        Well = well.Count;
        _cluster.DestinationsState = new ClusterDestinationsState(all, isPanic ? all : well);
    }

    // By the requests themselves: where there are none, there is nothing to tell endpoints by. Many of them tell sooner.
    private void LookForOutliers()
    {
        var now = Environment.TickCount64;
        var lookedAt = Volatile.Read(ref _lookedAt);
        if (now - lookedAt < Window.TotalMilliseconds / 10 || Interlocked.CompareExchange(ref _lookedAt, now, lookedAt) != lookedAt)
        {
            return;
        }

        List<DestinationState> destinations = [.. _cluster.Destinations.Values];
        if (now - _windowAt >= Window.TotalMilliseconds
            || destinations.Sum(static destination => (long)EndpointState.Of(destination).AnsweredSoFar) >= ManyRequests * (long)destinations.Count)
        {
            _windowAt = now;
            Compare([.. destinations.Select(static destination => (destination, EndpointState.Of(destination).TakeWindow()))], now);
        }
    }

    private void Compare(List<(DestinationState Destination, EndpointWindow Window)> windows, long now)
    {
        var all = windows.Aggregate(default(EndpointWindow), static (sum, item) => sum + item.Window);
        foreach (var (destination, window) in windows)
        {
            var state = EndpointState.Of(destination);
            var (unanswered, since) = state.Unanswered;

            // A request that came just now need not be answered: what counts came before a whole window.
            var overdue = window.Answered == 0 && unanswered > 0 && now - since >= Window.TotalMilliseconds ? unanswered : 0;
            state.Unanswered = window.Answered > 0 || unanswered + window.Asked == 0 ? default
                : unanswered == 0 ? (window.Asked, now)
                : (unanswered, since);
            if (_policy.NoticesOutliers && windows.Count > 1 && Outliers.Find(window, all - window, overdue) is { } problem)
            {
                state.Unanswered = default;
                SetAside(destination, "outlier", problem);
            }
        }
    }
}

namespace Ingress.Routing.AspNetCore;

/// <summary>The labels of the requests of one route that go to one Service port, made once, and how many of them are being served.</summary>
/// <remarks>Thread-safe: two that make the same labels make equal ones.</remarks>
internal sealed class RequestSeries
{
    private readonly KeyValuePair<string, object?>[]?[] _requests = new KeyValuePair<string, object?>[]?[MethodName.Count * StatusClass.Count];
    private readonly KeyValuePair<string, object?>[]?[] _durations = new KeyValuePair<string, object?>[]?[StatusClass.Count];
    private readonly KeyValuePair<string, object?> _route;
    private readonly KeyValuePair<string, object?> _ingress;
    private readonly KeyValuePair<string, object?> _service;
    private int _active;

    public RequestSeries(string route, string ingress, string service)
    {
        _route = new("route", route);
        _ingress = new("ingress", ingress);
        _service = new("service", service);
        Sizes = [_ingress, _service];
        All = [_route, _ingress, _service];
    }

    /// <summary>How many requests are being served.</summary>
    public int Active => Volatile.Read(ref _active);

    /// <summary>Route, Ingress and Service.</summary>
    public KeyValuePair<string, object?>[] All { get; }

    /// <summary>Ingress and Service.</summary>
    public KeyValuePair<string, object?>[] Sizes { get; }

    /// <summary>Route, Ingress, Service, method and class of the status.</summary>
    public KeyValuePair<string, object?>[] RequestsOf(string method, int status)
    {
        var (m, s) = (MethodName.IndexOf(method), StatusClass.IndexOf(status));
        return _requests[(m * StatusClass.Count) + s]
            ??= [_route, _ingress, _service, new("method", MethodName.At(m)), new("status", StatusClass.At(s))];
    }

    /// <summary>Ingress, Service and class of the status.</summary>
    public KeyValuePair<string, object?>[] DurationsOf(int status)
    {
        var s = StatusClass.IndexOf(status);
        return _durations[s] ??= [_ingress, _service, new("status", StatusClass.At(s))];
    }

    /// <summary>Ingress, Service and reason. Refusals are not so many that their labels would be worth keeping.</summary>
    public KeyValuePair<string, object?>[] ReasonOf(string reason) => [_ingress, _service, new("reason", reason)];

    public void Enter() => Interlocked.Increment(ref _active);

    public void Leave() => Interlocked.Decrement(ref _active);
}

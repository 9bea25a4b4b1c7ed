using System.Collections.Immutable;
using System.Globalization;

namespace Ingress.Routing;

/// <summary>How the requests of a route are shared among several backends. Immutable; compared by content.</summary>
public sealed class TrafficSplit : IEquatable<TrafficSplit>
{
    private readonly ImmutableArray<WeightedBackend> _backends;
    private readonly double _total;

    /// <summary>Creates a split.</summary>
    /// <param name="backends">The backends of the route's own Ingress, the one of its rule among them; one weight at least is not zero.</param>
    /// <param name="canary">The canary that goes before them; null when there is none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="backends"/> is null.</exception>
    /// <exception cref="ArgumentException">All weights are zero, or one is negative.</exception>
    public TrafficSplit(IEnumerable<WeightedBackend> backends, CanaryBackend? canary = null)
    {
        ArgumentNullException.ThrowIfNull(backends);
        _backends = [.. backends];
        _total = _backends.Sum(static backend => (double)backend.Weight);
        Canary = canary;
        if (_total <= 0 || _backends.Any(static backend => backend.Weight < 0))
        {
            throw new ArgumentException("A split needs a backend with a weight above zero, and none below.", nameof(backends));
        }
    }

    /// <summary>The backends of the route's own Ingress.</summary>
    public IReadOnlyList<WeightedBackend> Backends => _backends;

    /// <summary>The canary; null when there is none.</summary>
    public CanaryBackend? Canary { get; }

    /// <summary>All Services that can get a request, each once.</summary>
    internal IEnumerable<ServiceReference> Services
        => _backends.Where(static backend => backend.Weight > 0)
            .Select(static backend => backend.Service)
            .Append(Canary is { Rule.TakesAny: true } ? Canary.Service : null)
            .OfType<ServiceReference>()
            .Distinct();

    /// <summary>Chooses the backend of one request. Does not allocate.</summary>
    /// <typeparam name="TRequest">The type of the request.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="point">Drawn evenly from 0 (included) to 1 (excluded), and kept for the request.</param>
    /// <param name="withCanary">Whether the canary can take it: false once it turned out to have no destination.</param>
    /// <returns>The backend, with its share among equal requests.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="point"/> is not in its range.</exception>
    public BackendShare Choose<TRequest>(TRequest request, double point, bool withCanary = true)
        where TRequest : IRouteRequest, allows ref struct
    {
        ArgumentOutOfRangeException.ThrowIfNegative(point);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(point, 1);

        var reason = _backends.Length > 1 ? BackendReason.Weight : BackendReason.Only;
        var rest = 1.0;
        if (withCanary && Canary is { } canary)
        {
            var decided = canary.Rule.Decide(request, out reason);
            var share = decided switch { true => 1, false => 0, null => canary.Rule.Share };
            if (point < share)
            {
                return new(canary.Service, share, reason, IsCanary: true);
            }

            // What is left is a line of its own, on which the others lie.
            rest = 1 - share;
            point = (point - share) / rest;
        }

        var position = point * _total;
        foreach (var backend in _backends)
        {
            if (position < backend.Weight)
            {
                return new(backend.Service, rest * backend.Weight / _total, reason, IsCanary: false);
            }

            position -= backend.Weight;
        }

        // Rounding: what lies on the very end of the line.
        var last = _backends.Last(static backend => backend.Weight > 0);
        return new(last.Service, rest * last.Weight / _total, reason, IsCanary: false);
    }

    /// <summary>Works out how equal requests are shared.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The backends that can get it, the canary first. The shares come to 1.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    public IReadOnlyList<BackendShare> SharesOf(IRouteRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var reason = _backends.Length > 1 ? BackendReason.Weight : BackendReason.Only;
        var taken = Canary?.Rule.Decide(request, out reason) switch
        {
            true => 1,
            false => 0,
            null => Canary?.Rule.Share ?? 0,
        };
        var shares = _backends.Select(backend => new BackendShare(backend.Service, (1 - taken) * backend.Weight / _total, reason, IsCanary: false));
        return [.. (Canary is null ? [] : new[] { new BackendShare(Canary.Service, taken, reason, IsCanary: true) })
            .Concat(shares)
            .Where(static share => share.Share > 0)];
    }

    /// <summary>The split with another canary.</summary>
    internal TrafficSplit With(CanaryBackend? canary) => new(_backends, canary);

    /// <inheritdoc />
    public bool Equals(TrafficSplit? other)
        => ReferenceEquals(this, other) || (other is not null && Canary == other.Canary && _backends.AsSpan().SequenceEqual(other._backends.AsSpan()));

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as TrafficSplit);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(_backends[0], _backends.Length, Canary);

    /// <summary>Returns it in words: <c>web:80 90 %, web-v2:80 10 %; canary web-v3:80 (5 %)</c>.</summary>
    public override string ToString()
    {
        var own = _backends.Length == 1
            ? _backends[0].Service.ToString()
            : string.Join(", ", _backends.Select(backend => string.Create(CultureInfo.InvariantCulture, $"{backend.Service} {100 * backend.Weight / _total:0.##} %")));
        return Canary is null ? own : $"{own}; canary {Canary.Service} ({Canary.Rule})";
    }
}

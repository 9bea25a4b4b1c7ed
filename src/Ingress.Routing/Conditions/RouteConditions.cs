using System.Collections.Immutable;

namespace Ingress.Routing;

/// <summary>What a request must be for a route to take it, besides its host and path. Immutable; compared by content.</summary>
public sealed class RouteConditions : IEquatable<RouteConditions>
{
    private const string AnyValue = "any";

    private readonly ImmutableArray<string> _methods;
    private readonly ImmutableArray<RequestCondition> _parts;

    private RouteConditions(ImmutableArray<string> methods, ImmutableArray<RequestCondition> parts)
    {
        _methods = methods;
        _parts = parts;
        Count = (methods.IsEmpty ? 0 : 1) + parts.Length;
    }

    /// <summary>No conditions, as nearly all routes have.</summary>
    public static RouteConditions None { get; } = new([], []);

    /// <summary>Conditions that cannot be understood. They hold for what nothing else takes, which is then answered with 503.</summary>
    internal static RouteConditions Unknown { get; } = new([], []) { IsUnknown = true };

    /// <summary>Whether they cannot be understood.</summary>
    internal bool IsUnknown { get; private init; }

    /// <summary>The methods of which a request must have one; empty when any will do.</summary>
    public IReadOnlyList<string> Methods => _methods;

    /// <summary>What headers, query parameters and cookies must be; all of it must be met.</summary>
    public IReadOnlyList<RequestCondition> Parts => _parts;

    /// <summary>How many conditions there are. The methods are one.</summary>
    public int Count { get; }

    /// <summary>A request that meets them, together with <see cref="ExampleQuery"/>.</summary>
    public RouteRequest Example
    {
        get
        {
            if (Count == 0)
            {
                return RouteRequest.Plain;
            }

            var headers = _parts.Where(static part => part.Part == RequestPart.Header)
                .ToImmutableDictionary(static part => part.Name, static part => part.Value ?? AnyValue, StringComparer.OrdinalIgnoreCase);
            var cookies = string.Join("; ", _parts.Where(static part => part.Part == RequestPart.Cookie)
                .Select(static part => $"{part.Name}={part.Value ?? AnyValue}"));
            return new()
            {
                Method = _methods.IsEmpty || _methods.Contains(RouteRequest.Plain.Method) ? RouteRequest.Plain.Method : _methods[0],
                Headers = cookies.Length == 0 ? headers : headers.SetItem(CookieText.Header, cookies),
            };
        }
    }

    /// <summary>A query that meets them, with its leading <c>?</c>; empty when they ask for none.</summary>
    public string ExampleQuery
    {
        get
        {
            var parameters = _parts.Where(static part => part.Part == RequestPart.Query)
                .Select(static part => $"{Uri.EscapeDataString(part.Name)}={Uri.EscapeDataString(part.Value ?? AnyValue)}")
                .ToList();
            return parameters.Count == 0 ? "" : $"?{string.Join('&', parameters)}";
        }
    }

    /// <summary>Puts conditions together.</summary>
    /// <param name="methods">The methods of which a request must have one; empty when any will do. Their case matters.</param>
    /// <param name="parts">What headers, query parameters and cookies must be.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static RouteConditions Of(IEnumerable<string> methods, params IEnumerable<RequestCondition> parts)
    {
        ArgumentNullException.ThrowIfNull(methods);
        ArgumentNullException.ThrowIfNull(parts);

        // In one order, so that equal conditions are equal however they are written.
        ImmutableArray<string> sortedMethods = [.. methods.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        ImmutableArray<RequestCondition> sortedParts = [.. parts.Distinct()
            .OrderBy(static part => part.Part)
            .ThenBy(static part => part.Name, StringComparer.Ordinal)
            .ThenBy(static part => part.Value, StringComparer.Ordinal)];
        return sortedMethods.IsEmpty && sortedParts.IsEmpty ? None : new(sortedMethods, sortedParts);
    }

    /// <summary>Whether a request meets all of them. Does not allocate.</summary>
    /// <typeparam name="TRequest">The type of the request.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="query">Its query as received, with or without the leading <c>?</c>.</param>
    public bool AreMet<TRequest>(TRequest request, ReadOnlySpan<char> query)
        where TRequest : IRouteRequest, allows ref struct
    {
        if (!_methods.IsEmpty && !_methods.AsSpan().Contains(request.Method))
        {
            return false;
        }

        foreach (var part in _parts)
        {
            if (!part.IsMet(request, query))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether every request that meets others meets these.</summary>
    internal bool Cover(RouteConditions other)
        => Count == 0
            || ((_methods.IsEmpty || (!other._methods.IsEmpty && other._methods.All(method => _methods.Contains(method))))
                && _parts.All(part => other._parts.Any(part.IsImpliedBy)));

    /// <inheritdoc />
    public bool Equals(RouteConditions? other)
        => ReferenceEquals(this, other)
            || (other is not null && IsUnknown == other.IsUnknown && _methods.AsSpan().SequenceEqual(other._methods.AsSpan()) && _parts.AsSpan().SequenceEqual(other._parts.AsSpan()));

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as RouteConditions);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var method in _methods)
        {
            hash.Add(method, StringComparer.Ordinal);
        }

        foreach (var part in _parts)
        {
            hash.Add(part);
        }

        return hash.ToHashCode();
    }

    /// <summary>Returns them in words, with commas between them; empty when there are none.</summary>
    public override string ToString()
        => string.Join(", ", (_methods.IsEmpty ? [] : new[] { $"method {string.Join(" or ", _methods)}" }).Concat(_parts.Select(static part => part.ToString())));
}

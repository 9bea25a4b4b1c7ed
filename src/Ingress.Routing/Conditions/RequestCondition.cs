namespace Ingress.Routing;

/// <summary>What one header, query parameter or cookie of a request must be. A value.</summary>
/// <param name="Part">Where it looks.</param>
/// <param name="Name">The name; of a header in any case, which is compared in lower case.</param>
/// <param name="Value">What it must be, letter by letter; null when it only has to be there.</param>
public sealed record RequestCondition(RequestPart Part, string Name, string? Value)
{
    /// <summary>The name, that of a header in lower case.</summary>
    public string Name { get; } = Part == RequestPart.Header ? Name.ToLowerInvariant() : Name;

    /// <summary>Whether a request meets it. Does not allocate.</summary>
    /// <typeparam name="TRequest">The type of the request.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="query">Its query as received, with or without the leading <c>?</c>.</param>
    public bool IsMet<TRequest>(TRequest request, ReadOnlySpan<char> query)
        where TRequest : IRouteRequest, allows ref struct
    {
        switch (Part)
        {
            case RequestPart.Header:
                return request.Header(Name) is { } value && (Value is null || value == Value);

            case RequestPart.Query:
                return QueryText.TryFind(query, Name, out var parameter) && (Value is null || QueryText.Equals(parameter, Value));

            default:
                return CookieText.TryFind(request.Header(CookieText.Header), Name, out var cookie)
                    && (Value is null || cookie.SequenceEqual(Value));
        }
    }

    /// <summary>Whether every request that meets another condition meets this one.</summary>
    internal bool IsImpliedBy(RequestCondition other)
        => Part == other.Part && Name == other.Name && (Value is null || Value == other.Value);

    /// <summary>Returns it in words: <c>header x-beta: on</c>, <c>cookie beta</c>.</summary>
    public override string ToString() => (Part, Value) switch
    {
        (RequestPart.Header, null) => $"header {Name}",
        (RequestPart.Header, _) => $"header {Name}: {Value}",
        (RequestPart.Query, null) => $"query {Name}",
        (RequestPart.Query, _) => $"query {Name}={Value}",
        (_, null) => $"cookie {Name}",
        _ => $"cookie {Name}={Value}",
    };
}

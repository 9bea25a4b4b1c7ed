namespace Ingress.Routing.Policies;

/// <summary>One change of a header.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Name">The name of the header.</param>
/// <param name="Value">The value, for one request; null for <see cref="HeaderEditKind.Remove"/>.</param>
public sealed record HeaderEdit(HeaderEditKind Kind, string Name, PolicyTemplate? Value)
{
    /// <summary>Whether it is made only in answers that say that all is well or elsewhere: 200, 201, 204, 206, 301, 302, 303, 304, 307, 308.</summary>
    public bool OnlyOnSuccess { get; init; }

    /// <summary>Whether it is made in an answer with a status.</summary>
    /// <param name="status">The status code.</param>
    public bool IsFor(int status) => !OnlyOnSuccess || status is 200 or 201 or 204 or 206 or 301 or 302 or 303 or 304 or 307 or 308;

    /// <summary>The value for one request, with what no header can hold left out.</summary>
    /// <param name="request">The request.</param>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    public string ValueFor(IPolicyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var value = Value?.Expand(request, null) ?? "";
        return value.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? string.Concat(value.Where(static c => c is >= ' ' and <= '~'))
            : value;
    }

    /// <summary>Returns the change in a few words.</summary>
    public override string ToString() => Kind switch
    {
        HeaderEditKind.Remove => $"remove {Name}",
        HeaderEditKind.Add => $"add {Name}: {Value}",
        _ => $"set {Name}: {Value}",
    };
}

namespace Ingress.Routing.Policies;

/// <summary>One change of a header.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Name">The name of the header.</param>
/// <param name="Value">The value, for one request; null for <see cref="HeaderEditKind.Remove"/>.</param>
public sealed record HeaderEdit(HeaderEditKind Kind, string Name, PolicyTemplate? Value)
{
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

namespace Ingress.Routing.Comparison;

/// <summary>Writes lists that may be long.</summary>
internal static class Enumeration
{
    private const int Most = 3;

    /// <summary>Returns, for instance, <c>a, b, c and 4 more</c>.</summary>
    public static string Of<T>(IReadOnlyCollection<T> items)
    {
        var first = string.Join(", ", items.Take(Most));
        return items.Count > Most ? $"{first} and {items.Count - Most} more" : first;
    }
}

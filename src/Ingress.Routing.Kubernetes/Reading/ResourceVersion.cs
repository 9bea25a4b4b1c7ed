namespace Ingress.Routing.Kubernetes.Reading;

/// <summary>Compares versions of objects of one kind: whole numbers of any length (K6).</summary>
internal static class ResourceVersion
{
    /// <summary>Compares two versions.</summary>
    /// <returns>Null when one of them is no number, and nothing can be said; else as <see cref="IComparable"/>.</returns>
    public static int? Compare(string? x, string? y)
    {
        if (!IsNumber(x) || !IsNumber(y))
        {
            return null;
        }

        var a = x.AsSpan().TrimStart('0');
        var b = y.AsSpan().TrimStart('0');
        return a.Length != b.Length ? a.Length.CompareTo(b.Length) : a.SequenceCompareTo(b);
    }

    /// <summary>The later of two versions; the second when they cannot be compared.</summary>
    public static string Later(string? x, string y) => Compare(x, y) > 0 ? x! : y;

    private static bool IsNumber(string? text) => text is { Length: > 0 } && text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;
}

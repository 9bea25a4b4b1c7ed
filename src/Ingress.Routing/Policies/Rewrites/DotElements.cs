namespace Ingress.Routing.Policies;

/// <summary>Finds the elements of a path that lead elsewhere: <c>.</c> and <c>..</c>, escaped or not.</summary>
internal static class DotElements
{
    /// <summary>Whether a path has such an element.</summary>
    public static bool AreIn(ReadOnlySpan<char> path)
    {
        foreach (var range in path.Split('/'))
        {
            var element = path[range];
            if (element.Length is > 0 and <= 6 && element.ToString().Replace("%2e", ".", StringComparison.OrdinalIgnoreCase) is "." or "..")
            {
                return true;
            }
        }

        return false;
    }
}

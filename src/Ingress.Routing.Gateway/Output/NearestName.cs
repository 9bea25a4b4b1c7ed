namespace Ingress.Routing.Gateway.Output;

/// <summary>Finds what a misspelt name most likely means.</summary>
internal static class NearestName
{
    /// <summary>The name that takes the fewest edits, at most a third of its letters; null when none is near.</summary>
    public static string? Of(string written, IEnumerable<string> known) => known
        .Select(name => (Name: name, Edits: Edits(written.ToLowerInvariant(), name.ToLowerInvariant())))
        .Where(static item => item.Edits <= Math.Max(1, item.Name.Length / 3))
        .OrderBy(static item => item.Edits)
        .ThenBy(static item => item.Name, StringComparer.Ordinal)
        .Select(static item => item.Name)
        .FirstOrDefault();

    // Letters put in, left out or changed (Levenshtein).
    private static int Edits(string one, string other)
    {
        int[] row = [.. Enumerable.Range(0, other.Length + 1)];
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var changed = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}

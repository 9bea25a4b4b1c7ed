using System.Text.RegularExpressions;

namespace Ingress.Routing.Annotations;

/// <summary>Finds what was most likely meant.</summary>
internal static partial class Spelling
{
    /// <summary>The most similar of some words; null when none is similar enough to suggest it.</summary>
    public static string? Nearest(string written, IEnumerable<string> words)
    {
        var limit = Math.Clamp(written.Length / 4, 1, 3);
        return words.Where(word => Math.Abs(word.Length - written.Length) <= limit)
            .Select(word => (Word: word, Distance: Distance(written, word)))
            .Where(pair => pair.Distance <= limit)
            .OrderBy(static pair => pair.Distance)
            .ThenBy(static pair => pair.Word, StringComparer.Ordinal)
            .FirstOrDefault().Word;
    }

    /// <summary>The most similar of some hosts. Hosts that differ in their digits alone are numbered, not misspelt.</summary>
    public static string? NearestHost(string written, IEnumerable<string> hosts)
        => Nearest(written, hosts.Where(host => WithoutDigits(host) != WithoutDigits(written)));

    /// <summary>How many letters must be added, removed, replaced or swapped with their neighbour (optimal string alignment).</summary>
    public static int Distance(string x, string y)
    {
        var distances = new int[x.Length + 1, y.Length + 1];
        for (var i = 0; i <= x.Length; i++)
        {
            for (var j = 0; j <= y.Length; j++)
            {
                distances[i, j] = i == 0 || j == 0 ? i + j : Step(i, j);
            }
        }

        return distances[x.Length, y.Length];

        int Step(int i, int j)
        {
            var replaced = distances[i - 1, j - 1] + (x[i - 1] == y[j - 1] ? 0 : 1);
            var shortest = Math.Min(replaced, Math.Min(distances[i - 1, j], distances[i, j - 1]) + 1);
            var isSwapped = i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1];
            return isSwapped ? Math.Min(shortest, distances[i - 2, j - 2] + 1) : shortest;
        }
    }

    /// <summary>A text without its numbers, and without the hyphens that set them off: <c>web-2</c> is <c>web</c>.</summary>
    public static string WithoutDigits(string text) => Number().Replace(text, "");

    [GeneratedRegex("-?[0-9]+")]
    private static partial Regex Number();
}

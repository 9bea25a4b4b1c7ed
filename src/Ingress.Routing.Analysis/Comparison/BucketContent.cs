using Ingress.Routing.Matching;

namespace Ingress.Routing.Comparison;

/// <summary>The paths of one host bucket that can be chosen.</summary>
internal sealed class BucketContent
{
    /// <summary>A bucket without paths, or none at all.</summary>
    public static readonly BucketContent Empty = new([], RouteTableOptions.Default, new() { [""] = 0 });

    /// <param name="routes">The routes of one bucket, those with a path.</param>
    /// <param name="options">Decides which paths a request can have.</param>
    /// <param name="meanings">Numbers the meanings of all buckets of a table; 0 is that of <see cref="Empty"/>.</param>
    public BucketContent(IReadOnlyList<IngressRoute> routes, RouteTableOptions options, Dictionary<string, int> meanings)
    {
        Routes = routes;
        Patterns = [.. routes.Where(static route => route.Pattern is not null)];
        Probe = routes.SelectMany(static route => route.Pattern is null ? [route.Path!] : PatternExamples.Of(route.Pattern)).FirstOrDefault(path => RequestPath.TryCanonicalize(path.AsMemory(), options, out _));

        var elements = routes.Where(static route => route.Pattern is null).Select(static route => route.Path![1..].Split('/')[0]).ToHashSet(StringComparer.Ordinal);
        Unlisted = "/" + FreshText.First(static number => FreshText.Numbered("any", number), element => elements.Contains(element) || IsTaken(element));
        Meaning = NumberOf(string.Join('\n', routes.Select(static (route, order) => MeaningOf(route, order)).Order(StringComparer.Ordinal)), meanings);
    }

    public IReadOnlyList<IngressRoute> Routes { get; }

    /// <summary>Those that are regular expressions, in the order in which they are asked.</summary>
    public IReadOnlyList<IngressRoute> Patterns { get; }

    /// <summary>A path that a rule of the bucket takes; null when none takes any.</summary>
    public string? Probe { get; }

    /// <summary>A path that no rule of the bucket takes, but for one that takes all.</summary>
    public string Unlisted { get; }

    /// <summary>What the rules do, and nothing of how they are written: equal for buckets of one table whose rules answer every path alike.</summary>
    public int Meaning { get; }

    // An expression such as '/.*' takes all of them.
    private bool IsTaken(string element) => element.Length < 6 && Patterns.Any(route => route.Pattern!.IsMatch("/" + element) == true);

    private static int NumberOf(string meaning, Dictionary<string, int> meanings)
    {
        if (!meanings.TryGetValue(meaning, out var number))
        {
            number = meanings.Count + 1;
            meanings.Add(meaning, number);
        }

        return number;
    }

    // Of routes with conditions, their order decides too.
    private static string MeaningOf(IngressRoute route, int order)
    {
        if (route.Pattern is not null)
        {
            return $"~{order} {route.Path} {route.PathType} {route.Conditions} {RequestAnswer.KeyOf(route)}";
        }

        var (kind, path) = route.PathType == PathType.Exact ? ('=', route.Path!) : ('<', PathTable.PrefixKey(route.Path!));
        var conditions = route.Conditions.Count > 0 ? $"{order} {route.Conditions} " : "";
        return $"{kind}{path} {conditions}{RequestAnswer.KeyOf(route)}";
    }
}

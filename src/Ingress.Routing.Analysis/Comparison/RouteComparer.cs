namespace Ingress.Routing.Comparison;

/// <summary>Compares what two tables do with requests, region by region.</summary>
/// <remarks>
/// Hosts are cut where a rule of either table can tell them apart, and below each host so are the paths. On each of the finitely many
/// pieces both tables give one answer each, so asking both about one request of each piece decides about all requests.
/// </remarks>
internal sealed class RouteComparer(IngressRouteTable before, IngressRouteTable after)
{
    private readonly BucketIndex _before = new(before);
    private readonly BucketIndex _after = new(after);
    private readonly AnswerBook _answersBefore = new(before);
    private readonly AnswerBook _answersAfter = new(after);

    private readonly List<HostRegion> _byExample = [];

    /// <summary>The hosts with regular expressions that differ, which were compared by examples.</summary>
    public IReadOnlyList<HostRegion> ByExample => _byExample;

    public IReadOnlyList<HostDifference> Compare()
    {
        // Hosts that mean the same in each table are looked at once, however many there are.
        var alike = SignificantHosts().Regions.GroupBy(MeaningOf).Select(group => Compare([.. group])).OfType<HostDifference>();

        // Hosts may differ in much and still change alike.
        return [.. alike.GroupBy(ChangeOf, StringComparer.Ordinal).Select(group => Merge([.. group]))];
    }

    private ((int ByRule, string Otherwise) Before, (int ByRule, string Otherwise) After) MeaningOf(HostRegion region)
        => (_before.MeaningOf(region), _after.MeaningOf(region));

    // A host that no route names, and that nothing sets apart from the hosts around it, needs no region of its own.
    private HostPartition SignificantHosts()
    {
        var all = new HostPartition(_before.Hosts.Concat(_after.Hosts));
        return new(all.Regions.Where(IsSignificant).Select(static region => region.Pattern));

        bool IsSignificant(HostRegion region)
            => region.Kind != HostRegionKind.Other
                && (_before.HasRoutes(region.Pattern)
                    || _after.HasRoutes(region.Pattern)
                    || MeaningOf(region) != MeaningOf(all.Enclosing(region)));
    }

    private HostDifference? Compare(IReadOnlyList<HostRegion> hosts)
    {
        var host = hosts[0].Witness;
        var (oldContent, newContent) = (_before.Find(hosts[0]), _after.Find(hosts[0]));
        var partition = new PathPartition(oldContent.Routes.Concat(newContent.Routes), before.Options);
        var patterns = oldContent.Patterns.Concat(newContent.Patterns).Select(static route => route.Pattern!).Distinct().ToList();
        var groups = new int[partition.Cells.Count];
        var changes = new Dictionary<(string Before, string After), (int Group, RequestAnswer Before, RequestAnswer After, string Target)>();
        for (var i = 0; i < groups.Length; i++)
        {
            groups[i] = -1;
            if (WitnessOf(partition.Cells[i], patterns) is not { } target)
            {
                continue;
            }

            var old = _answersBefore.Find(host, target);
            var @new = _answersAfter.Find(host, target);
            if (!old.IsSameAs(@new))
            {
                changes.TryAdd((old.Key, @new.Key), (changes.Count, old, @new, target));
                groups[i] = changes[(old.Key, @new.Key)].Group;
            }
        }

        var byPattern = ComparePatterns(host, patterns).ToList();
        if (oldContent.Patterns.Count + newContent.Patterns.Count > 0 && oldContent.Meaning + newContent.Meaning > 0 && !IsOfOneOrder(oldContent, newContent))
        {
            _byExample.AddRange(hosts);
        }

        if (changes.Count == 0 && byPattern.Count == 0)
        {
            return null;
        }

        var regions = partition.Join(groups, changes.Count);
        var routes = changes.Values
            .Select(change => new RouteDifference(hosts, regions[change.Group], change.Before, change.After, new(host, change.Target), before))
            .Concat(byPattern.Select(change => new RouteDifference(hosts, new([new(change.Pattern)]), change.Before, change.After, new(host, change.Target), before)));
        var all = changes.Count == 0 ? [] : partition.Join([.. groups.Select(static group => Math.Min(group, 0))], 1)[0].Ranges;
        return new(hosts, new([.. all, .. byPattern.Select(static change => new PathRange(change.Pattern))]), [.. routes]);
    }

    // A path of a cell that no expression takes, because those are compared by themselves; one path alone is what it is.
    private static string? WitnessOf(PathCell cell, List<PathPattern> patterns)
        => cell.IsExact || patterns.Count == 0
            ? cell.Witness
            : new[] { cell.Witness, cell.Path + "/-", cell.Path + "/any", cell.Path + "/0" }
                .FirstOrDefault(path => !patterns.Exists(pattern => pattern.IsMatch(path) != false));

    // By example: of each expression, the first difference that one of its paths shows.
    private IEnumerable<(PathPattern Pattern, RequestAnswer Before, RequestAnswer After, string Target)> ComparePatterns(string host, List<PathPattern> patterns)
    {
        var seen = new HashSet<(string, string, string)>();
        foreach (var pattern in patterns)
        {
            foreach (var target in PatternExamples.Of(pattern))
            {
                var (old, @new) = (_answersBefore.Find(host, target), _answersAfter.Find(host, target));
                if (!old.IsSameAs(@new) && seen.Add((pattern.Text, old.Key, @new.Key)))
                {
                    yield return (pattern, old, @new, target);
                }
            }
        }
    }

    // Expressions that answer alike in one order answer every path alike.
    private static bool IsOfOneOrder(BucketContent x, BucketContent y)
        => x.Patterns.Select(KeyOf).SequenceEqual(y.Patterns.Select(KeyOf), StringComparer.Ordinal);

    private static string KeyOf(IngressRoute route) => $"{route.Path} {route.PathType} {route.Conditions} {RequestAnswer.KeyOf(route)}";

    private static string ChangeOf(HostDifference difference)
        => string.Join('\n', difference.Routes.Select(static route => $"{route.Before} {route.After} {Spell(route.Paths.Ranges)}"));

    private static string Spell(IReadOnlyList<PathRange> ranges)
        => string.Join(' ', ranges.Select(static range => $"{(range.Pattern is not null ? '~' : range.IsExact ? '=' : '<')}{range.Path}({Spell(range.Except)})"));

    private HostDifference Merge(IReadOnlyList<HostDifference> alike)
    {
        if (alike.Count == 1)
        {
            return alike[0];
        }

        var first = alike[0];
        IReadOnlyList<HostRegion> hosts =
        [
            .. alike.SelectMany(static difference => difference.Hosts)
                .OrderBy(static host => host.Kind).ThenBy(static host => host.Pattern, StringComparer.Ordinal),
        ];
        return new(
            hosts,
            first.Paths,
            [.. first.Routes.Select(route => new RouteDifference(hosts, route.Paths, route.Before, route.After, route.Witness, before))]);
    }
}

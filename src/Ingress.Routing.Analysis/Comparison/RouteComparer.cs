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
        var partition = new PathPartition(_before.Find(hosts[0]).Routes.Concat(_after.Find(hosts[0]).Routes), before.Options);
        var groups = new int[partition.Cells.Count];
        var changes = new Dictionary<(string Before, string After), (int Group, RequestAnswer Before, RequestAnswer After, string Target)>();
        for (var i = 0; i < groups.Length; i++)
        {
            var target = partition.Cells[i].Witness;
            var old = _answersBefore.Find(host, target);
            var @new = _answersAfter.Find(host, target);
            groups[i] = -1;
            if (!old.IsSameAs(@new))
            {
                changes.TryAdd((old.Key, @new.Key), (changes.Count, old, @new, target));
                groups[i] = changes[(old.Key, @new.Key)].Group;
            }
        }

        if (changes.Count == 0)
        {
            return null;
        }

        var regions = partition.Join(groups, changes.Count);
        var routes = changes.Values.Select(change
            => new RouteDifference(hosts, regions[change.Group], change.Before, change.After, new(host, change.Target), before));
        return new(hosts, partition.Join([.. groups.Select(static group => Math.Min(group, 0))], 1)[0], [.. routes]);
    }

    private static string ChangeOf(HostDifference difference)
        => string.Join('\n', difference.Routes.Select(static route => $"{route.Before} {route.After} {Spell(route.Paths.Ranges)}"));

    private static string Spell(IReadOnlyList<PathRange> ranges)
        => string.Join(' ', ranges.Select(static range => $"{(range.IsExact ? '=' : '<')}{range.Path}({Spell(range.Except)})"));

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

namespace Ingress.Routing.Comparison;

/// <summary>Knows which rules decide for a host of a table, by asking the table itself.</summary>
internal sealed class BucketIndex
{
    private readonly IngressRouteTable _table;
    private readonly Dictionary<string, BucketContent> _contents;
    private readonly Dictionary<string, int> _meanings = new(StringComparer.Ordinal);

    public BucketIndex(IngressRouteTable table)
    {
        _table = table;
        _contents = table.Routes.Where(static route => route.Path is not null)
            .GroupBy(static route => route.Host ?? HostRegion.AnyHost, StringComparer.Ordinal)
            .ToDictionary(static group => group.Key, group => new BucketContent([.. group], table.Options, _meanings), StringComparer.Ordinal);
        foreach (var (name, target) in table.AddedHosts)
        {
            if (target is not null && _contents.TryGetValue(target, out var content))
            {
                _contents[name] = content;
            }
        }
    }

    /// <summary>The hosts that can have a bucket: of all routes, and of all rules, since a rule without paths claims its host too (semantics 7.6).</summary>
    public IEnumerable<string> Hosts => _contents.Keys.Where(static host => host != HostRegion.AnyHost)
        .Concat(_table.Snapshot.Ingresses.SelectMany(static ingress => ingress.Rules).Select(static rule => rule.Host ?? ""))
        .Concat(_table.AddedHosts.Select(static host => host.Name));

    /// <summary>Whether a route names a host.</summary>
    public bool HasRoutes(string pattern) => _contents.ContainsKey(pattern);

    /// <summary>The content of the bucket that the hosts of a region select (D5a).</summary>
    /// <remarks>Rules without paths, which no route shows, may claim the host: then what belongs to the next pattern is not reached.</remarks>
    public BucketContent Find(HostRegion region)
    {
        foreach (var pattern in Candidates(region))
        {
            if (_contents.TryGetValue(pattern, out var content)
                && (content.Probe is { } probe
                    ? _table.Candidates(region.Witness, probe).Any(static route => route?.Path is not null)
                    : content.Patterns.Count > 0))
            {
                return content;
            }
        }

        return BucketContent.Empty;
    }

    /// <summary>Everything that decides about the requests to a region: equal values of one index, equal answers to every path.</summary>
    public (int ByRule, string Otherwise) MeaningOf(HostRegion region)
    {
        var content = Find(region);
        return (content.Meaning, RequestAnswer.Of(_table, region.Witness, content.Unlisted).Key);
    }

    private static IEnumerable<string> Candidates(HostRegion region)
    {
        if (region.Kind == HostRegionKind.Exact)
        {
            yield return region.Pattern;
        }

        if (region.Kind != HostRegionKind.Other && region.Witness.IndexOf('.') is > 0 and var dot)
        {
            yield return "*" + region.Witness[dot..];
        }

        yield return HostRegion.AnyHost;
    }
}

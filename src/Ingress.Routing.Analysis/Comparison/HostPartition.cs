using Ingress.Routing.Matching;

namespace Ingress.Routing.Comparison;

/// <summary>All hosts there can be, cut into finitely many regions: each exact host, the rest of each wildcard host, and everything else.</summary>
internal sealed class HostPartition
{
    private readonly Dictionary<string, HostRegion> _exact = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, HostRegion> _wildcardParents = new(StringComparer.OrdinalIgnoreCase);
    private readonly HostRegion _other;

    /// <param name="patterns">Names and wildcard hosts in any order; what can be neither (<see cref="IsPattern"/>) is left out.</param>
    public HostPartition(IEnumerable<string> patterns)
    {
        var byKind = patterns.Where(IsPattern).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .ToLookup(HostName.IsWildcard);
        var names = byKind[false].ToHashSet(StringComparer.Ordinal);
        var namesByParent = names.ToLookup(ParentOf, StringComparer.Ordinal);

        foreach (var name in byKind[false])
        {
            _exact.Add(name, new(this, HostRegionKind.Exact, name, [], name));
        }

        foreach (var wildcard in byKind[true])
        {
            var parent = wildcard[2..];
            var witness = FreshText.First(number => FreshText.Numbered("any", number) + wildcard[1..], names.Contains);
            _wildcardParents.Add(parent, new(this, HostRegionKind.Wildcard, wildcard, [.. namesByParent[parent]], witness));
        }

        _other = new(this, HostRegionKind.Other, HostRegion.AnyHost, [.. byKind[false], .. byKind[true]], OtherHost(names));
        Regions = [.. byKind[false].Select(name => _exact[name]), .. byKind[true].Select(wildcard => _wildcardParents[wildcard[2..]]), _other];
    }

    /// <summary>All regions: exact hosts by name, wildcard hosts by name, and what is left.</summary>
    public IReadOnlyList<HostRegion> Regions { get; }

    /// <summary>Whether a text can be a name or wildcard host of a request: lower-case, well-formed and no IP address.</summary>
    public static bool IsPattern(string text)
    {
        var name = HostName.IsWildcard(text) ? "x" + text[1..] : text;
        return RequestHost.TryReadName(name, out var host)
            && host.IsName
            && host.Text.Length == name.Length
            && !name.Contains('*')
            && !name.Any(char.IsAsciiLetterUpper);
    }

    /// <summary>The region of a host.</summary>
    public HostRegion Find(RequestHost host)
    {
        if (!host.IsName)
        {
            return _other;
        }

        var text = host.Text.ToString();
        return _exact.GetValueOrDefault(text) ?? _wildcardParents.GetValueOrDefault(ParentOf(text)) ?? _other;
    }

    /// <summary>The region that a name or wildcard host would belong to without its own.</summary>
    public HostRegion Enclosing(HostRegion region)
        => region.Kind == HostRegionKind.Exact ? _wildcardParents.GetValueOrDefault(ParentOf(region.Pattern)) ?? _other : _other;

    // A name without a dot is under no wildcard, and no wildcard has an empty parent.
    private static string ParentOf(string name) => name.IndexOf('.') is > 0 and var dot ? name[(dot + 1)..] : "";

    private string OtherHost(HashSet<string> names)
    {
        const string Readable = "any-other-host.example";
        return names.Contains(Readable) || _wildcardParents.ContainsKey("example")
            ? FreshText.First(static number => FreshText.Numbered("any-other-host", number), names.Contains)
            : Readable;
    }
}

using Ingress.Routing.Compilation;
using Ingress.Routing.Model;

namespace Ingress.Routing.Nginx.Migration;

/// <summary>One host as ingress-nginx sees it: who names it, and with which paths.</summary>
/// <param name="Name">The host as the rules write it; empty for all hosts.</param>
/// <param name="Rules">The rules for it, those of the oldest Ingress first.</param>
internal sealed record MigratedHost(string Name, IReadOnlyList<MigratedRule> Rules)
{
    /// <summary>The Ingress whose annotations unmatched paths inherit there.</summary>
    public IngressResource Oldest => Rules[0].Ingress;

    /// <summary>The Ingresses that name it.</summary>
    public IEnumerable<IngressResource> Ingresses => Rules.Select(static rule => rule.Ingress).Distinct<IngressResource>(ReferenceEqualityComparer.Instance);

    /// <summary>Whether a path takes whatever no other takes.</summary>
    public bool HasRoot => Rules.Any(static rule => rule is { Path: "/", Type: not PathTypes.Exact });

    /// <summary>A host that a request can name.</summary>
    private string Witness => Name.Length == 0 ? "any.example.test" : Name.StartsWith('*') ? "x" + Name[1..] : Name;

    /// <summary>The hosts of a snapshot, without what canaries say.</summary>
    public static IReadOnlyList<MigratedHost> In(ClusterSnapshot snapshot, IReadOnlySet<NamespacedName> names)
        => [.. snapshot.Ingresses
            .Where(ingress => names.Contains(ingress.Name))
            .Order(AgeOrder.Instance)
            .SelectMany(static ingress => ingress.Rules, static (ingress, rule) => (Ingress: ingress, Rule: rule))
            .SelectMany(
                static pair => pair.Rule.Paths?.Count > 0 ? pair.Rule.Paths : [new IngressPath { Path = null }],
                static (pair, path) => new MigratedRule(pair.Ingress, pair.Rule.Host ?? "", path))
            .GroupBy(static rule => rule.Host, StringComparer.Ordinal)
            .Select(static group => new MigratedHost(group.Key, [.. group]))
            .OrderBy(static host => host.Name, StringComparer.Ordinal)];

    /// <summary>The URL of a request.</summary>
    public string Url(string path, string scheme = "http") => $"{scheme}://{Witness}{path}";

    /// <summary>What takes a request here.</summary>
    public IngressRoute? RouteOf(string path, IngressRouteTable table) => table.Match(Witness, path).Route;
}

using Ingress.Routing.Model;

namespace Ingress.Routing.Acme.Orders;

/// <summary>Finds out for which names a table needs certificates.</summary>
internal sealed class WantedNames(AcmeOptions options, bool hasDns)
{
    // As many as one order of most CAs may have.
    private const int MostNames = 100;

    private static readonly string[] s_certManager = ["cert-manager.io/issuer", "cert-manager.io/cluster-issuer"];

    /// <summary>What a table needs. Each name is routed; each appears once.</summary>
    /// <param name="table">The table.</param>
    /// <param name="refused">Wildcards that cannot be had, and who has them.</param>
    public List<WantedCertificate> Of(IngressRouteTable table, out List<WantedCertificate> refused)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var groups = Candidates(table)
            .Select(candidate => candidate with { Names = [.. candidate.Names.Where(name => IsNeeded(table, name) && taken.Add(name))] })
            .Where(static candidate => candidate.Names.Count > 0)
            .ToList();
        var wanted = new List<WantedCertificate>();
        refused = [];
        foreach (var group in groups)
        {
            var impossible = group.Names.Where(name => name[0] == '*' && !CanHaveWildcards).ToList();
            refused.AddRange(impossible.Select(name => WantedCertificate.Of([name], group.Ingress, group.Field, group.Location)));
            foreach (var names in Chunks([.. group.Names.Except(impossible)]))
            {
                wanted.Add(WantedCertificate.Of(names, group.Ingress, group.Field, group.Location));
            }
        }

        return wanted;
    }

    private bool CanHaveWildcards => hasDns && options.Challenges.Contains(AcmeChallengeKind.Dns01);

    private IEnumerable<string[]> Chunks(List<string> names)
        => options.Grouping == AcmeGrouping.PerName ? names.Select(static name => (string[])[name]) : names.Chunk(MostNames);

    private IEnumerable<Candidate> Candidates(IngressRouteTable table)
    {
        var hosts = table.Routes.Select(static route => route.Host).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var inForce = table.Routes.Select(static route => route.Source.Name).ToHashSet();
        foreach (var ingress in table.Snapshot.Ingresses)
        {
            if (!inForce.Contains(ingress.Name) || s_certManager.Any(ingress.Metadata.Annotations.ContainsKey))
            {
                continue;
            }

            for (var i = 0; i < ingress.Tls.Count; i++)
            {
                var names = ingress.Tls[i].Hosts.Select(static host => host.ToLowerInvariant()).Where(host => IsRouted(table, hosts, host)).ToList();
                var field = $"spec.tls[{i}]";
                yield return new(names, ingress.Reference, field, ingress.Origin?.Locate(field));
            }
        }

        if (options.Names != AcmeNameSelection.AllRouted)
        {
            yield break;
        }

        foreach (var route in table.Routes)
        {
            if (route.Host is { } host && !route.Source.IsConfigured)
            {
                yield return new([host], route.Source.Resource, route.Source.Field, route.Source.Location);
            }
        }
    }

    private static bool IsRouted(IngressRouteTable table, HashSet<string> hosts, string name)
        => name.StartsWith("*.", StringComparison.Ordinal) ? hosts.Contains(name) : table.FindRoutedName(name) == name;

    private bool IsNeeded(IngressRouteTable table, string name)
    {
        if (!IsName(name) || options.NameFilter?.Invoke(name) == false)
        {
            return false;
        }

        // A name below a wildcard that nobody has a certificate of its own for.
        var asked = name[0] == '*' ? string.Concat("acme-wildcard-probe", name.AsSpan(1)) : name;
        return table.FindCertificate(asked) is not { } certificate || !certificate.Covers(asked);
    }

    private static bool IsName(string name)
    {
        var rest = name.StartsWith("*.", StringComparison.Ordinal) ? name.AsSpan(2) : name;
        if (rest.Length is 0 or > 253)
        {
            return false;
        }

        foreach (var range in rest.Split('.'))
        {
            var label = rest[range];
            if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-' || label.ContainsAnyExcept(s_letters))
            {
                return false;
            }
        }

        return true;
    }

    private static readonly System.Buffers.SearchValues<char> s_letters = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private sealed record Candidate(IReadOnlyList<string> Names, ResourceReference Ingress, string Field, SourceLocation? Location);
}

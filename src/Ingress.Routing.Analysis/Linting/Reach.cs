using Ingress.Routing.Comparison;
using Ingress.Routing.Explanation;

namespace Ingress.Routing.Linting;

/// <summary>Which routes any request reaches, found by sending the table one witness for each claim and each host.</summary>
internal sealed class Reach
{
    private readonly LintedTable _table;
    private readonly HashSet<string> _reached;

    public Reach(LintedTable table)
    {
        _table = table;
        var paths = table.Claims.Where(static claim => claim.Written is not null).Select(table.Witnesses.Of);

        // Without a path that fits, the default backend of the host, or whatever comes after it (D14).
        var hosts = table.Buckets.Select(static bucket => bucket.Key).Append("")
            .Select(bucket => new Witness(table.Witnesses.HostOf(bucket), table.Witnesses.UnknownPath));
        // What a regular expression fits is not known by one request, so some of its paths are tried, and what is not found counts as reached.
        var patterns = !table.Table.Policies.HasPathReaders ? [] : table.Claims
            .Where(claim => claim.Written is not null && table.PatternOf(claim) is not null)
            .SelectMany(claim => PatternExamples.Of(table.PatternOf(claim)!).Select(path => new Witness(table.Witnesses.HostOf(claim.Host), path)));
        _reached = [.. paths.Concat(patterns).Concat(hosts).SelectMany(CandidatesOf).OfType<IngressRoute>().Select(static route => route.Id)];
    }

    /// <summary>Whether any request reaches a path.</summary>
    public bool Reaches(PathClaim claim) => _reached.Contains(claim.RouteId) || _table.HasPatterns(claim.Host);

    /// <summary>Whether any request reaches the default backend of an Ingress.</summary>
    public bool ReachesDefault(EvaluatedIngress owner) => _reached.Contains($"{owner.Ingress.Name}/default");

    // Whatever the method and the headers are.
    private IEnumerable<IngressRoute?> CandidatesOf(Witness witness)
        => _table.Table.Match(witness.Host, witness.Path).Path.Span.SequenceEqual(witness.Path) ? _table.Table.Candidates(witness.Host, witness.Path) : [];

    /// <summary>The route that takes a witness; null when none does, also because such a request is malformed.</summary>
    public IngressRoute? RouteOf(Witness witness)
    {
        var match = _table.Table.Match(witness.Host, witness.Path);
        return match.Path.Span.SequenceEqual(witness.Path) ? match.Route : null;
    }
}

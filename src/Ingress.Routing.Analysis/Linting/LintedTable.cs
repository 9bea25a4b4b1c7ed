using Ingress.Routing.Diagnostics;
using Ingress.Routing.Compilation;
using Ingress.Routing.Explanation;
using Ingress.Routing.Model;

namespace Ingress.Routing.Linting;

/// <summary>A table as the rules of lint look at it: its Ingresses, their claims, and what each claim gets.</summary>
internal sealed class LintedTable
{
    private readonly Dictionary<string, HostPathReadings> _readings = new(StringComparer.Ordinal);

    public LintedTable(IngressRouteTable table, IngressLintOptions options)
    {
        Table = table;
        Options = options;
        Served = [.. EvaluatedIngress.All(table).Where(static item => item.IsServed)];
        Claims = [.. Served.SelectMany(PathClaim.Of)];
        Buckets = Claims.ToLookup(static claim => claim.Host, StringComparer.Ordinal);
        HostsBelow = Buckets.Select(static bucket => bucket.Key).ToLookup(static host => WildcardOf(host) ?? "", StringComparer.Ordinal);
        Witnesses = new Witnesses(this);
        Reached = new Reach(this);
    }

    public IngressRouteTable Table { get; }

    public IngressLintOptions Options { get; }

    /// <summary>Collects the findings.</summary>
    public DiagnosticBag Diagnostics { get; } = new();

    /// <summary>The served Ingresses, oldest first.</summary>
    public IReadOnlyList<EvaluatedIngress> Served { get; }

    /// <summary>All their claims.</summary>
    public IReadOnlyList<PathClaim> Claims { get; }

    /// <summary>The claims by host; the empty text stands for all hosts.</summary>
    public ILookup<string, PathClaim> Buckets { get; }

    /// <summary>The hosts of rules, without that for all hosts.</summary>
    public IEnumerable<string> NamedHosts => Buckets.Select(static bucket => bucket.Key).Where(static host => host.Length > 0);

    /// <summary>The exact hosts of rules that a wildcard stands for, by wildcard.</summary>
    public ILookup<string, string> HostsBelow { get; }

    /// <summary>Requests that show what a claim gets.</summary>
    public Witnesses Witnesses { get; }

    /// <summary>Which routes any request reaches.</summary>
    public Reach Reached { get; }

    /// <summary>The regular expression that a path is; null when it is literal text.</summary>
    public PathPattern? PatternOf(PathClaim claim) => ReadingsOf(claim.Host).PatternOf(new(claim.Ingress, claim.RuleIndex), claim.PathIndex);

    /// <summary>Whether a host has regular expressions, so that a request for each claim does not tell all.</summary>
    public bool HasPatterns(string host)
        => Table.Policies.HasPathReaders && Buckets[host].Any(claim => claim.Written is not null && PatternOf(claim) is not null);

    /// <summary>Whether annotations under a prefix are understood, and so reported by compiling.</summary>
    public bool Understands(string prefix) => Table.Options.Dialects.Any(dialect => dialect.Prefix == prefix);

    /// <summary>What a Prefix, and an ImplementationSpecific path likewise, claims as a whole: every path of its host.</summary>
    public static bool IsRoot(IngressRoute route) => route is { Path: "/", PathType: not PathType.Exact, Pattern: null };

    /// <summary>The wildcard that stands for a host; null for a single label, and for a wildcard itself.</summary>
    public static string? WildcardOf(string host)
        => host.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && host[0] != '*' ? "*" + host[dot..] : null;

    /// <summary>The path of a rule in the form in which it is compared.</summary>
    public string CanonicalPathOf(IngressPath path) => RulePath.Canonical(RulePath.AsWritten(path), Table.Options);

    private HostPathReadings ReadingsOf(string host)
    {
        if (!_readings.TryGetValue(host, out var readings))
        {
            readings = HostPathReadings.Of(
                [.. Buckets[host].Select(static claim => new RuleClaim(claim.Ingress, claim.RuleIndex)).Distinct()], Table.Policies, Table.Options);
            _readings.Add(host, readings);
        }

        return readings;
    }
}

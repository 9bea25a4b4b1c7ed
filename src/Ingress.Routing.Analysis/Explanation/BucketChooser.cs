using Ingress.Routing.Annotations;

namespace Ingress.Routing.Explanation;

/// <summary>Chooses the one host whose rules decide: exact, else the one possible wildcard, else host-less (D5a); and says why.</summary>
/// <param name="claims">All claims, oldest Ingress first.</param>
internal sealed class BucketChooser(IReadOnlyList<PathClaim> claims)
{
    private readonly ILookup<string, NamespacedName> _claimants = claims
        .Where(static claim => claim.Owner.IsServed)
        .ToLookup(static claim => claim.Host, static claim => claim.Ingress.Name, StringComparer.Ordinal);

    /// <param name="host">The canonical host of the request.</param>
    /// <returns>The three kinds in order, then the wildcards that come close.</returns>
    public IReadOnlyList<BucketExplanation> Choose(CanonicalHost host)
    {
        var labels = host.Text.Split('.');
        var exact = host.IsName ? host.Text : null;
        var wildcard = host.IsName && labels.Length > 1 ? WildcardOf(labels, skip: 1) : null;
        var chosen = exact is not null && Has(exact) ? BucketKind.Exact
            : wildcard is not null && Has(wildcard) ? BucketKind.Wildcard
            : BucketKind.HostLess;
        return
        [
            Explain(BucketKind.Exact, exact, chosen, host),
            Explain(BucketKind.Wildcard, wildcard, chosen, host),
            Explain(BucketKind.HostLess, "", chosen, host),
            .. chosen == BucketKind.HostLess && host.IsName ? CloseWildcards(host.Text, labels) : [],
        ];
    }

    private bool Has(string host) => _claimants.Contains(host);

    private BucketExplanation Explain(BucketKind kind, string? host, BucketKind chosen, CanonicalHost request)
    {
        var claimants = host is null ? [] : _claimants[host].Distinct().ToList();
        var outcome = host is null ? BucketOutcome.NotApplicable
            : claimants.Count == 0 ? BucketOutcome.NoRules
            : kind == chosen ? BucketOutcome.Chosen
            : BucketOutcome.NotAsked;
        var similar = kind == BucketKind.Exact && outcome == BucketOutcome.NoRules && chosen != BucketKind.Wildcard
            ? Spelling.NearestHost(host!, _claimants.Select(static bucket => bucket.Key))
            : null;
        return new()
        {
            Kind = kind,
            Host = host is "" ? null : host,
            Outcome = outcome,
            Claimants = claimants,
            Similar = similar,
            Message = MessageOf(kind, outcome, host, claimants, request) + (similar is null ? "" : $" Did you mean '{similar}'?"),
        };
    }

    private static string MessageOf(
        BucketKind kind, BucketOutcome outcome, string? host, List<NamespacedName> claimants, CanonicalHost request)
    {
        var rules = host is "" ? "Rules for all hosts" : $"Rules for '{host}'";
        return outcome switch
        {
            BucketOutcome.Chosen => $"{rules} are in {Names(claimants)}. {WhyChosen(kind)}",
            BucketOutcome.NotAsked
                => $"{rules} are in {Names(claimants)}, but are not asked: the more specific host owns all its paths.",
            BucketOutcome.NoRules => host is "" ? "No rule is for all hosts." : $"No rule is for '{host}'.",
            _ when request.Text.Length == 0 => "The request has no host, which leaves only rules for all hosts.",
            _ when !request.IsName => $"'{request.Text}' is an IP address, which leaves only rules for all hosts.",
            _ => $"'{request.Text}' is a single label, and no wildcard stands for one.",
        };
    }

    private static string WhyChosen(BucketKind kind) => kind switch
    {
        BucketKind.Exact => "The exact host decides alone.",
        BucketKind.Wildcard => "No rule names the exact host, so the wildcard decides alone.",
        _ => "No rule names the host, so they decide.",
    };

    // "*.example.com" for "example.com" itself and for "a.b.example.com": what people expect to match, and does not.
    private IEnumerable<BucketExplanation> CloseWildcards(string host, string[] labels)
    {
        for (var skip = 0; skip < labels.Length; skip++)
        {
            var wildcard = WildcardOf(labels, skip);
            var count = skip == 0 ? "none" : Number(skip);
            if (skip != 1 && Has(wildcard))
            {
                yield return new()
                {
                    Kind = BucketKind.Wildcard,
                    Host = wildcard,
                    Outcome = BucketOutcome.OtherNumberOfLabels,
                    Claimants = [.. _claimants[wildcard].Distinct()],
                    Message = $"'{wildcard}' does not stand for '{host}': its '*' is exactly one label, not {count}.",
                };
            }
        }
    }

    private static string WildcardOf(string[] labels, int skip) => string.Join('.', labels.Skip(skip).Prepend("*"));

    private static string Number(int count) => count.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Names(List<NamespacedName> claimants) => claimants.Count switch
    {
        1 => $"Ingress '{claimants[0]}'",
        <= 3 => "Ingresses " + string.Join(", ", claimants.Select(static name => $"'{name}'")),
        _ => $"{Number(claimants.Count)} Ingresses, the oldest of them '{claimants[0]}'",
    };
}

using Ingress.Routing.Model;

namespace Ingress.Routing.Tests.Shared;

/// <summary>
/// Sections 3 to 7 of the semantics, written so that they can be checked by reading. Slow on purpose; takes valid Ingresses only.
/// </summary>
internal sealed class ReferenceMatcher
{
    private readonly RouteTableOptions _options;
    private readonly List<IngressResource> _byAge;
    private readonly List<Claim> _claims;
    private readonly List<Entry> _entries;

    public ReferenceMatcher(ClusterSnapshot snapshot, RouteTableOptions? options = null)
    {
        _options = options ?? RouteTableOptions.Default;
        _byAge =
        [
            .. snapshot.Ingresses.Where(ingress => ReferenceClassSelection.IsServed(ingress, snapshot, _options)).Order(ReferenceAge.Order),
        ];
        _claims = [.. _byAge.SelectMany(ingress => ingress.Rules.Select((rule, index) => new Claim(ingress, rule, index)))];
        _entries = [.. _claims.SelectMany(EntriesOf)];
    }

    public ReferenceOutcome Match(string? host, string target)
    {
        var badRequest = new ReferenceOutcome(IngressMatchStatus.BadRequest, null, "", "");
        var requestHost = ReferenceHost.Parse(host);
        if (ReferencePath.AuthorityOf(target) is { } authority)
        {
            var targetHost = ReferenceHost.Parse(authority);
            if (authority == "" || requestHost.IsMalformed || (requestHost.Text != "" && requestHost.Text != targetHost.Text))
            {
                return badRequest; // D12
            }

            requestHost = targetHost; // semantics 3.9
        }

        var path = ReferencePath.OfTarget(target, _options);
        return requestHost.IsMalformed || path is null ? badRequest : MatchCanonical(requestHost.Name, path);
    }

    /// <summary>Matches what <see cref="ReferenceHost"/> and <see cref="ReferencePath"/> returned; an empty host is none.</summary>
    public ReferenceOutcome MatchCanonical(string host, string path)
    {
        var bucketHost = BucketFor(host);

        // D14, step 1. The bucket alone decides: nobody else's paths are looked at (D5b).
        if (BestPath(bucketHost, path) is { } best)
        {
            return new(
                IngressMatchStatus.Rule,
                best.Claim.Ingress.Name.ToString(),
                $"spec.rules[{best.Claim.Index}].http.paths[{best.Index}]",
                path);
        }

        var inBucket = _claims.Where(claim => claim.Host == bucketHost).Select(claim => claim.Ingress);
        var withoutRules = _byAge.Where(ingress => ingress.Rules.Count == 0);
        var isNamed = bucketHost is not (null or "");
        var @default = inBucket.FirstOrDefault(HasDefault) // step 2
            ?? withoutRules.FirstOrDefault(HasDefault) // step 3
            ?? (isNamed ? null : _byAge.FirstOrDefault(HasDefault)); // step 4
        if (@default is not null)
        {
            return new(IngressMatchStatus.DefaultBackend, @default.Name.ToString(), "spec.defaultBackend", path);
        }

        return _options.DefaultBackend is null
            ? new(IngressMatchStatus.NotFound, null, "", path) // step 6
            : new(IngressMatchStatus.DefaultBackend, null, "", path); // step 5
    }

    // D5a: exact, else the one wildcard that stands for a single label, else host-less. Null when there is no bucket at all.
    private string? BucketFor(string host)
    {
        if (host != "")
        {
            var labels = host.Split('.');
            string[] candidates = [host, string.Join('.', labels.Skip(1).Prepend("*"))];
            if (candidates.FirstOrDefault(candidate => _claims.Any(claim => claim.Host == candidate)) is { } named)
            {
                return named;
            }
        }

        return _claims.Any(claim => claim.Host == "") ? "" : null;
    }

    // D6, in its order: Exact, longer, Prefix before ImplementationSpecific, age, order of appearance.
    private Entry? BestPath(string? bucketHost, string path) => _entries
        .Where(entry => entry.Claim.Host == bucketHost)
        .Where(entry => entry.Written.PathType == PathTypes.Exact ? entry.Path == path : IsElementPrefix(entry.Path, path))
        .OrderByDescending(entry => entry.Written.PathType == PathTypes.Exact)
        .ThenByDescending(entry => entry.Path.Length)
        .ThenByDescending(entry => entry.Written.PathType == PathTypes.Prefix)
        .ThenBy(entry => _byAge.IndexOf(entry.Claim.Ingress))
        .ThenBy(entry => entry.Claim.Index)
        .ThenBy(entry => entry.Index)
        .FirstOrDefault();

    private IEnumerable<Entry> EntriesOf(Claim claim)
        => (claim.Rule.Paths ?? []).Select((path, index) => new Entry(claim, path, index, ReferencePath.OfRule(path.Path, _options)));

    // Semantics 4.4: a trailing slash of the rule is ignored.
    private static bool IsElementPrefix(string rulePath, string path)
    {
        var elements = (rulePath.EndsWith('/') ? rulePath[..^1] : rulePath).Split('/');
        return path.Split('/').Take(elements.Length).SequenceEqual(elements);
    }

    private static bool HasDefault(IngressResource ingress) => ingress.DefaultBackend is not null;

    private sealed record Claim(IngressResource Ingress, IngressRule Rule, int Index)
    {
        public string Host => Rule.Host ?? "";
    }

    private sealed record Entry(Claim Claim, IngressPath Written, int Index, string Path);
}

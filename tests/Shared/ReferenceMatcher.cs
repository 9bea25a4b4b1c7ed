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
    private readonly List<Entry> _canaries;

    public ReferenceMatcher(ClusterSnapshot snapshot, RouteTableOptions? options = null)
    {
        _options = options ?? RouteTableOptions.Default;
        var served = snapshot.Ingresses.Where(ingress => ReferenceClassSelection.IsServed(ingress, snapshot, _options)).Order(ReferenceAge.Order).ToList();
        _byAge = [.. served.Where(ingress => !ReferenceBackends.IsCanary(ingress))];
        _claims = [.. _byAge.SelectMany(ClaimsOf)];
        _entries = [.. _claims.SelectMany(EntriesOf)];
        _canaries = [.. served.Where(ReferenceBackends.IsCanary).SelectMany(ClaimsOf).SelectMany(EntriesOf)];
    }

    public ReferenceOutcome Match(string? host, string target, ReferenceRequest? request = null)
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
        return requestHost.IsMalformed || path is null ? badRequest : MatchCanonical(requestHost.Name, path, request, QueryOf(target));
    }

    /// <summary>Matches what <see cref="ReferenceHost"/> and <see cref="ReferencePath"/> returned; an empty host is none.</summary>
    public ReferenceOutcome MatchCanonical(string host, string path, ReferenceRequest? request = null, string query = "")
    {
        var bucketHost = BucketFor(host);

        // D14, step 1. The bucket alone decides: nobody else's paths are looked at (D5b).
        if (BestPath(bucketHost, path, request ?? ReferenceRequest.Get, query) is { } best)
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

    /// <summary>The Service of the path that takes a request; null when none does.</summary>
    /// <param name="point">See <see cref="ReferenceBackends.Choose"/>.</param>
    public string? ServiceOf(string host, string path, ReferenceRequest request, string query, double point)
    {
        var bucketHost = BucketFor(host);
        if (BestPath(bucketHost, path, request, query) is not { Written.Backend.Service: { } service } best)
        {
            return null;
        }

        var canary = _canaries.FirstOrDefault(other => other.Claim.Host == best.Claim.Host
            && other.Written.PathType == best.Written.PathType
            && IsOfPath(other, best)
            && other.Claim.Conditions.Identity == best.Claim.Conditions.Identity
            && other.Claim.Ingress.Name.Namespace == best.Claim.Ingress.Name.Namespace
            && other.Written.Backend!.Service is { } its
            && ReferenceBackends.IsUnderstood(other.Claim.Ingress)
            && !ReferenceBackends.IsOwn(its.Name!, (best.Claim.Ingress, service.Name!)));
        return ReferenceBackends.Choose(
            (best.Claim.Ingress, service.Name!),
            canary is null ? null : (canary.Claim.Ingress, canary.Written.Backend!.Service!.Name!),
            request,
            point);
    }

    private static string QueryOf(string target) => target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var start ? target[start..] : "";

    private static IEnumerable<Claim> ClaimsOf(IngressResource ingress) => ingress.Rules.Select((rule, index) => new Claim(ingress, rule, index));

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

    // A canary names the path as its main Ingress does. Where the same text is a path and an expression, the path is meant.
    private bool IsOfPath(Entry canary, Entry main) => main.Pattern is null
        ? canary.Path == main.Path
        : ReferencePattern.Written(canary.Written) == main.Pattern.Text
            && !_entries.Exists(other => other.Pattern is null && other.Claim.Host == main.Claim.Host && other.Written.PathType == main.Written.PathType
                && other.Path == canary.Path && other.Claim.Conditions.Identity == main.Claim.Conditions.Identity);

    // D6, in its order: Exact, longer, Prefix before ImplementationSpecific, more conditions, age, order of appearance. Paths whose conditions
    // cannot be understood come behind the others.
    private Entry? BestPath(string? bucketHost, string path, ReferenceRequest request, string query) => _entries
        .Where(entry => entry.Claim.Host == bucketHost)
        .Where(entry => entry.Pattern is not null ? entry.Pattern.IsMatch(path)
            : entry.Written.PathType == PathTypes.Exact ? entry.Path == path
            : IsElementPrefix(entry.Path, path))
        .Where(entry => entry.Claim.Conditions.AreMet(request, query))
        .OrderByDescending(entry => entry.Pattern is null && entry.Written.PathType == PathTypes.Exact)
        .ThenByDescending(entry => entry.Pattern is not null) // D26
        .ThenByDescending(entry => entry.Pattern?.Length ?? entry.Path.Length)
        .ThenByDescending(entry => entry.Pattern?.Text ?? "", StringComparer.Ordinal)
        .ThenByDescending(entry => entry.Pattern is null && entry.Written.PathType == PathTypes.Prefix)
        .ThenByDescending(entry => entry.Claim.Conditions.Count)
        .ThenBy(entry => entry.Claim.Conditions.AreUnknown)
        .ThenBy(entry => _byAge.IndexOf(entry.Claim.Ingress))
        .ThenBy(entry => entry.Claim.Index)
        .ThenBy(entry => entry.Index)
        .FirstOrDefault();

    private IEnumerable<Entry> EntriesOf(Claim claim)
        => (claim.Rule.Paths ?? []).Select((path, index) => new Entry(
            claim, path, index, ReferencePath.OfRule(path.Path, _options), ReferencePattern.Of(claim.Ingress, path)));

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

        public ReferenceConditions Conditions { get; } = new(Ingress);
    }

    private sealed record Entry(Claim Claim, IngressPath Written, int Index, string Path, ReferencePattern? Pattern);
}

using Ingress.Routing.Model;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Explanation;

/// <summary>
/// The slow twin of the matcher: it answers from the resources alone, rule by rule, and keeps every reason. A property test holds it to the
/// matcher.
/// </summary>
internal sealed class MatchExplainer
{
    private readonly IngressRouteTable _table;
    private readonly RouteRequest _request;
    private readonly IReadOnlyList<EvaluatedIngress> _byAge;
    private readonly List<PathClaim> _claims;

    public MatchExplainer(IngressRouteTable table, RouteRequest request)
    {
        _table = table;
        _request = request;
        _byAge = EvaluatedIngress.All(table);
        _claims = [.. _byAge.SelectMany(PathClaim.Of)];
    }

    private List<IngressResource> Served => [.. _byAge.Where(static item => item.IsServed).Select(static item => item.Ingress)];

    // The certificates of a canary count.
    private List<IngressResource> WithTlsEntries
        => [.. _byAge.Where(static item => item.Exclusion is null or ClaimOutcome.Canary).Select(static item => item.Ingress)];

    public MatchExplanation Explain(string? host, string target, string? serverName)
    {
        var readTarget = CanonicalTarget.Read(target, _table.Options);
        var readHost = ReadHost(host, readTarget.Authority);
        var explanation = ProblemOf(readHost, readTarget) is { } problem
            ? BadRequest(problem)
            : WithTls(WithPolicies(ExplainCanonical(readHost, readTarget), serverName), host, target, serverName);
        return serverName is null
            ? explanation
            : explanation with { Certificate = new CertificateChain(_table, WithTlsEntries).Walk(serverName) };
    }

    private MatchExplanation WithPolicies(MatchExplanation explanation, string? serverName)
    {
        if (explanation.Route is not { } route)
        {
            return explanation;
        }

        var request = new PolicyRequest(_table.Match(explanation.Host, explanation.Path + explanation.Query, _request), explanation.Host!)
        {
            HasCertificate = HasCertificate(explanation.Host!),
            Method = _request.Method,
            Headers = _request.Headers,
            ClientAddress = _request.ClientAddress,
            Scheme = serverName is null ? "http" : "https",
        };
        var outcome = route.Policies.Evaluate(request);
        return explanation with
        {
            Policies = PolicyExplainer.Explain(route.Policies, request),
            Location = outcome.Location,
            StatusCode = outcome.IsAnswer ? outcome.Status : explanation.StatusCode,
            ForwardedTarget = outcome.Target ?? explanation.Path + explanation.Query,
        };
    }

    private bool HasCertificate(string host) => _table.FindCertificate(host) is not null || _table.Options.StandIns.Certificates is not null;

    private MatchExplanation WithTls(MatchExplanation explanation, string? host, string target, string? serverName)
    {
        var tls = TlsExplainer.Explain(_table, (host, target), _table.Match(host, target, _request), serverName);
        return explanation with { Tls = tls, StatusCode = TlsExplainer.StatusCodeOf(tls, explanation.Route) ?? explanation.StatusCode };
    }

    // A target without a path may lack its authority too, and then contradicts no Host header.
    private static RequestProblem? ProblemOf(CanonicalHost host, CanonicalTarget target)
        => target.Problem is { Kind: RequestProblemKind.NoPath } problem ? problem : host.Problem ?? target.Problem;

    // The authority of an absolute-form target goes before Host (semantics 3.9), and must not contradict it (D12).
    private static CanonicalHost ReadHost(string? header, string? authority)
    {
        var received = CanonicalHost.Read(header);
        if (received.Problem is not null || authority is null)
        {
            return received;
        }

        var named = CanonicalHost.Read(authority);
        if (named.Problem is null && received.Text.Length > 0 && received.Text != named.Text)
        {
            var message = $"The target is for '{named.Text}', and the Host header names '{received.Text}'.";
            return named with { Problem = new() { Kind = RequestProblemKind.ContradictingHosts, Text = header!, Message = message } };
        }

        var trail = new StepTrail(header ?? "");
        trail.Apply(CanonicalizationRule.AuthorityOfTarget, authority);
        return named with { Steps = [.. trail.Steps, .. named.Steps] };
    }

    private static MatchExplanation BadRequest(RequestProblem problem) => new()
    {
        Status = IngressMatchStatus.BadRequest,
        StatusCode = 400,
        Problem = problem,
        Message = $"The request is malformed: {problem.Message}",
    };

    private MatchExplanation ExplainCanonical(CanonicalHost host, CanonicalTarget request)
    {
        var added = AddedFor(host);
        var explanation = added is { Target: { } target } ? ExplainRules(host with { Text = target }, request) with { Host = host.Text, AddedFor = target }
            : ExplainRules(host, request);
        var route = added is { Target: null } ? OfHost(added.Value.Name)
            : request.Path == "/" ? OfHost(added?.Target ?? BucketNameOf(host))
            : null;
        return route is null
            ? explanation
            : explanation with
            {
                Status = IngressMatchStatus.Rule,
                Route = route,
                StatusCode = null,
                Shares = [],
                Backend = BackendExplainer.Explain(route, [], _table),
                Message = $"An annotation of {route.Source.Resource.Kind} '{route.Source.Name}' answers for the host: {route.Policies}.",
            };
    }

    // A host that an annotation adds, exact or as a wildcard, and no rule names more closely.
    private (string Name, string? Target)? AddedFor(CanonicalHost host)
    {
        var added = host.IsName ? _table.AddedHosts.ToDictionary(static item => item.Name, static item => item.Target, StringComparer.Ordinal) : [];
        foreach (var name in added.Count == 0 ? [] : NamesOf(host))
        {
            if (added.TryGetValue(name, out var target))
            {
                return (name, target);
            }

            if (_claims.Exists(claim => claim.Owner.IsServed && claim.Host == name))
            {
                return null;
            }
        }

        return null;
    }

    private static IEnumerable<string> NamesOf(CanonicalHost host)
        => host.Text.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? [host.Text, "*" + host.Text[dot..]] : [host.Text];

    private string BucketNameOf(CanonicalHost host)
        => host.IsName ? NamesOf(host).FirstOrDefault(name => _claims.Exists(claim => claim.Owner.IsServed && claim.Host == name)) ?? "" : "";

    private IngressRoute? OfHost(string name) => _table.Routes.FirstOrDefault(route => route.Source.IsOfHost && (route.Host ?? "") == name);

    private MatchExplanation ExplainRules(CanonicalHost host, CanonicalTarget target)
    {
        var buckets = new BucketChooser(_claims).Choose(host);
        var chosen = buckets.FirstOrDefault(static bucket => bucket.Outcome == BucketOutcome.Chosen);
        var inBucket = chosen is null ? [] : _claims.Where(claim => claim.Owner.IsServed && claim.Host == (chosen.Host ?? "")).ToList();
        var evaluator = new ClaimEvaluator(target.Path, (_request, target.Query), _table);
        var claims = evaluator.Evaluate(inBucket, Excluded(buckets, chosen), out var winner);

        var routeId = winner?.RouteId;
        IReadOnlyList<DefaultBackendExplanation> defaults = [];
        if (winner is null && !evaluator.IsTooSlow)
        {
            var contributors = inBucket.Where(claim => ClaimEvaluator.MayClaim(claim.Ingress.Name, inBucket[0].Ingress.Name, _table.Options));
            defaults = new DefaultBackendChain(Served, _table.Options)
                .Walk([.. contributors.Select(static claim => claim.Ingress)], isNamedHost: chosen?.Host is not null, out routeId);
        }

        var route = routeId is null ? null : _table.Routes.FirstOrDefault(route => route.Id == routeId);
        var shares = route?.Split is { } split ? SharesOf(route, split) : [];
        var backend = route is null ? null : BackendExplainer.Explain(route, shares, _table);
        return new()
        {
            Status = evaluator.IsTooSlow ? IngressMatchStatus.PatternTimeout
                : winner is not null ? IngressMatchStatus.Rule
                : route is not null ? IngressMatchStatus.DefaultBackend
                : IngressMatchStatus.NotFound,
            Route = route,
            StatusCode = evaluator.IsTooSlow ? 503 : backend is null ? 404 : backend.IsServed ? null : 503,
            Host = host.Text,
            HostSteps = host.Steps,
            Path = target.Path,
            Query = target.Query,
            TargetSteps = target.Steps,
            Buckets = buckets,
            Claims = claims,
            Defaults = defaults,
            Backend = backend,
            Shares = shares,
            Message = evaluator.IsTooSlow ? "A regular expression takes longer than it may, so the answer is 503." : MessageOf(route, shares, chosen),
        };
    }

    // Claims that would have been considered had their Ingress taken part: those of the chosen host, and of any that goes before it.
    private IEnumerable<PathClaim> Excluded(IReadOnlyList<BucketExplanation> buckets, BucketExplanation? chosen)
    {
        var hosts = buckets
            .Where(bucket => bucket.Outcome != BucketOutcome.OtherNumberOfLabels && bucket.Kind <= (chosen?.Kind ?? BucketKind.HostLess))
            .Where(static bucket => bucket.Host is not null || bucket.Kind == BucketKind.HostLess)
            .Select(static bucket => bucket.Host ?? "")
            .ToHashSet(StringComparer.Ordinal);
        return _claims.Where(claim => !claim.Owner.IsServed && hosts.Contains(claim.Host));
    }

    // A canary without a ready endpoint takes no requests. Where none of the Services has one, the manifests most likely hold no endpoints.
    private IReadOnlyList<BackendShare> SharesOf(IngressRoute route, TrafficSplit split)
        => route.Services.Any(service => _table.GetDestinations(service).Status == DestinationStatus.Ready)
            ? _table.SharesOf(route, _request)
            : split.SharesOf(_request);

    private static string MessageOf(IngressRoute? route, IReadOnlyList<BackendShare> shares, BucketExplanation? chosen)
    {
        if (route is null)
        {
            return chosen is null
                ? "No rule is for this host, and no default backend takes its requests."
                : "No path of this host fits, and no default backend takes its requests.";
        }

        var backend = shares.Count > 1 ? "one of several Services"
            : shares is [var only] ? $"Service '{only.Service}'"
            : route.Service is { } service ? $"Service '{service}'"
            : $"{route.Resource!.Kind} '{route.Source.Name.Namespace}/{route.Resource.Name}'";
        return route switch
        {
            { Path: not null } => $"{route.PathType} '{route.PathAsWritten}' of {route.Source.Resource.Kind} '{route.Source.Name}' sends the request to {backend}.",
            { Source.IsConfigured: false } => $"No path fits; the default backend of {route.Source.Resource.Kind} '{route.Source.Name}' sends the request to {backend}.",
            _ => $"No path fits; the configured default backend sends the request to {backend}.",
        };
    }
}

using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Ingress.Routing.Matching;

/// <summary>From a request to a route. The seam below which data structures may change freely.</summary>
/// <param name="named">The buckets of exact and wildcard hosts.</param>
/// <param name="hostless">The bucket of the rules for all hosts, if there are any.</param>
/// <param name="knownHostDefault">The default backend behind a named bucket that has none of its own (D14, steps 3 and 5).</param>
/// <param name="unknownHostDefault">The default backend when no named bucket was selected (D14, steps 3 to 5).</param>
/// <param name="others">What belongs to all hosts without a named bucket.</param>
/// <param name="configured">The hosts about which code says something.</param>
/// <param name="hostsWithChoices">How many buckets have routes with conditions or regular expressions.</param>
/// <param name="before">The matcher of the generation before, whose layout of an unchanged host-less bucket is used again.</param>
internal sealed class RouteMatcher(
    HostTable<HostBucket> named,
    HostBucket? hostless,
    IngressRoute? knownHostDefault,
    IngressRoute? unknownHostDefault,
    HostScope others,
    ConfiguredHosts configured,
    int hostsWithChoices = 0,
    RouteMatcher? before = null)
{
    private readonly HostTable<HostBucket> _named = named;
    private readonly HostCell[]? _hostless = before?.CellsOf(hostless, named.Hash) ?? hostless?.ToCells(HostName.None, named.Hash);
    private readonly IngressRoute? _knownHostDefault = knownHostDefault;
    private readonly IngressRoute? _unknownHostDefault = unknownHostDefault;
    private readonly ConfiguredHosts _configured = configured;

    /// <summary>Whether what <see cref="Find"/> finds must be given to <see cref="Resolve"/>.</summary>
    public bool HasChoices { get; } = hostsWithChoices > 0;

    /// <summary>How many buckets have routes with conditions or regular expressions.</summary>
    public int HostsWithChoices { get; } = hostsWithChoices;

    /// <summary>The buckets of exact and wildcard hosts.</summary>
    public HostTable<HostBucket> Named => _named;

    /// <summary>The bucket of the rules for all hosts.</summary>
    public HostBucket? Hostless { get; } = hostless;

    /// <summary>What belongs to all hosts without a named bucket.</summary>
    public HostScope Others { get; } = others;

    /// <summary>The bucket of a rule host, empty for all hosts; null when there is none.</summary>
    public HostBucket? BucketOf(string ruleHost) => ruleHost.Length > 0 ? _named.Get(ruleHost) : Hostless;

    /// <summary>Finds the route of a request as it was received, in the common case: a path that is canonical.</summary>
    /// <param name="host">The <c>Host</c> header; null or empty when there was none.</param>
    /// <param name="target">The target.</param>
    /// <param name="pathLength">Where the path ends and the query begins. Negative for every other case: then ask <see cref="MatchUnusual"/>.</param>
    /// <param name="isRule">Whether the route is that of a path.</param>
    /// <param name="scope">What belongs to the host.</param>
    // From top to bottom what a request runs through whose host is that of a rule.
    public unsafe IngressRoute? Find(string? host, string target, out int pathLength, out bool isRule, out HostScope? scope)
    {
        fixed (char* hostText = host, targetText = target)
        {
            if (host is null || host.Length > TextBlock.Size || !TextBlock.CanRead(hostText, host.Length))
            {
                return FindElsewhere(host, target, out pathLength, out isRule, out scope);
            }

            // A text that equals the host of a rule is well-formed, without port or final dot.
            var name = TextBlock.ToLower(TextBlock.Read(hostText, host.Length)) & TextBlock.Before(host.Length);
            var cells = _named.FindCells(name, (uint)host.Length);
            if (cells is null)
            {
                return FindElsewhere(host, target, out pathLength, out isRule, out scope);
            }

            scope = ScopeOf(cells);
            return FindPath(cells, scope, _knownHostDefault, targetText, target.Length, out pathLength, out isRule);
        }
    }

    /// <summary>Chooses among the routes that share a path, and those with regular expressions, by what else is known of the request.</summary>
    /// <param name="match">What was found by host and path.</param>
    /// <param name="request">The rest of the request.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public IngressMatch Resolve<TRequest>(IngressMatch match, TRequest request)
        where TRequest : IRouteRequest, allows ref struct
    {
        for (var entry = match.Route; entry?.Alternatives is { } alternatives; entry = alternatives.Next)
        {
            if (alternatives.Find(request, match.Path.Span, match.Query.Span, out var isTooSlow) is { } route)
            {
                return new(IngressMatchStatus.Rule, route, match.Host, match.Path, match.Query);
            }

            if (isTooSlow)
            {
                return new(IngressMatchStatus.PatternTimeout, null, match.Host, match.Path, match.Query);
            }

            if (alternatives.Next is { Alternatives: null } rule)
            {
                return new(IngressMatchStatus.Rule, rule, match.Host, match.Path, match.Query);
            }

            if (alternatives.Next is null)
            {
                var last = DefaultBehind(alternatives);
                return new(last is null ? IngressMatchStatus.NotFound : IngressMatchStatus.DefaultBackend, last, match.Host, match.Path, match.Query);
            }
        }

        return match;
    }

    /// <summary>The default backend for requests that meet no conditions under a path.</summary>
    public IngressRoute? DefaultBehind(RouteAlternatives alternatives)
        => alternatives.HostDefault ?? (alternatives.IsHostless ? _unknownHostDefault : _knownHostDefault);

    /// <summary>What belongs to a host: the same for a server name and for the host of a request (D18).</summary>
    /// <param name="host">A canonical host; one that is no name stands for none.</param>
    public HostScope PoliciesOf(RequestHost host)
    {
        FindCells(host, out _, out _, out var policies);
        return policies;
    }

    /// <summary>All routes to which <see cref="Resolve"/> can lead from an entry, in the order in which they are asked; null at the end when nothing may be left.</summary>
    public IReadOnlyList<IngressRoute?> CandidatesOf(IngressRoute? entry, ReadOnlySpan<char> path)
    {
        var candidates = new List<IngressRoute?>();
        while (entry?.Alternatives is { } alternatives)
        {
            foreach (var route in alternatives.Routes)
            {
                if (route.Pattern is not null && route.Pattern.IsMatch(path) != true)
                {
                    continue;
                }

                candidates.Add(route);
                if (route.Conditions.Count == 0)
                {
                    return candidates;
                }
            }

            entry = alternatives.Next ?? DefaultBehind(alternatives);
        }

        candidates.Add(entry);
        return candidates;
    }

    /// <summary>Matches a request whatever its form.</summary>
    /// <param name="options">How paths are made canonical.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public IngressMatch MatchUnusual(string? host, string target, RouteTableOptions options)
    {
        if (!RequestTarget.TrySplit(target, out var authority, out var rawPath, out var query)
            || !RequestPath.TryCanonicalize(rawPath, options, out var path))
        {
            return new IngressMatch(IngressMatchStatus.BadRequest, null, null, default, default);
        }

        var lastResort = _knownHostDefault;
        var cells = authority.IsEmpty && host is not null ? _named.FindCells(host) : null;
        var scope = cells is null ? null : ScopeOf(cells);
        var policies = scope;
        if (cells is null)
        {
            if (!TryReadHost(host, authority, out var canonicalHost))
            {
                return new IngressMatch(IngressMatchStatus.BadRequest, null, null, default, default);
            }

            cells = FindCells(canonicalHost, out lastResort, out scope, out policies);
        }

        var route = cells is null ? null : PathTable.Find(cells, path.Span, _named.Hash);
        var status = route is null ? IngressMatchStatus.DefaultBackend : IngressMatchStatus.Rule;
        route ??= scope!.DefaultBackend ?? lastResort;
        return new IngressMatch(route is null ? IngressMatchStatus.NotFound : status, route, policies, path, query);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private unsafe IngressRoute? FindPath(
        HostCell[]? cells, HostScope scope, IngressRoute? lastResort, char* target, int length, out int pathLength, out bool isRule)
    {
        isRule = false;
        pathLength = -1;
        if (!TextBlock.CanRead(target, length))
        {
            return null;
        }

        var end = RequestScan.PathLength(target, length, out var block, out var slashes);
        pathLength = end;
        if (end < 0)
        {
            return null;
        }

        if (cells is not null && PathTable.Find(cells, block, slashes, new ReadOnlySpan<char>(target, end), _named.Hash) is { } route)
        {
            isRule = true;
            return route;
        }

        return scope.DefaultBackend ?? lastResort;
    }

    // A host that is not, as it stands, that of a rule. A malformed one is left to MatchUnusual.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private unsafe IngressRoute? FindElsewhere(string? host, string target, out int pathLength, out bool isRule, out HostScope? policies)
    {
        fixed (char* hostText = host, targetText = target)
        {
            HostScope scope;
            var lastResort = _knownHostDefault;
            var cells = host?.Length > TextBlock.Size ? _named.FindCells(HostName.Exact(host)) : null;
            if (cells is null && !string.IsNullOrEmpty(host) && TextBlock.CanReadAll(hostText, host.Length)
                && RequestHost.IsCanonicalName(hostText, host.Length, out var firstDot))
            {
                cells = FindWildcard(hostText, host.Length, firstDot);
                lastResort = cells is null ? _unknownHostDefault : lastResort;
                cells ??= _hostless;
                scope = ScopeOf(cells);
                policies = _configured.IsEmpty || IPv4Syntax.IsAddress(host) ? scope : _configured.Find(host) ?? scope;
            }
            else if (cells is null)
            {
                if (!RequestHost.TryRead(host, out var canonicalHost))
                {
                    policies = null;
                    pathLength = -1;
                    isRule = false;
                    return null;
                }

                cells = FindCells(canonicalHost, out lastResort, out scope, out policies);
            }
            else
            {
                policies = scope = ScopeOf(cells);
            }

            return FindPath(cells, scope, lastResort, targetText, target.Length, out pathLength, out isRule);
        }
    }

    // For a canonical name that is that of no rule.
    private unsafe HostCell[]? FindWildcard(char* host, int length, int firstDot)
    {
        if (firstDot == length || !_named.HasWildcards || IPv4Syntax.IsAddress(new ReadOnlySpan<char>(host, length)))
        {
            return null;
        }

        Debug.Assert(firstDot > 0 && firstDot < length, "A canonical name neither begins nor ends with a dot.");
        var suffix = host + firstDot;
        var suffixLength = length - firstDot;
        return suffixLength <= TextBlock.Size && TextBlock.CanRead(suffix, suffixLength)
            ? _named.FindCells(TextBlock.ToLower(TextBlock.Read(suffix, suffixLength)) & TextBlock.Before(suffixLength), HostName.WildcardMark | (uint)suffixLength)
            : _named.FindCells(HostName.Wildcard(new ReadOnlySpan<char>(suffix, suffixLength)));
    }

    // Exact before wildcard before host-less, always (D5a), and the first one found decides (D5b).
    private HostCell[]? FindCells(RequestHost host, out IngressRoute? lastResort, out HostScope scope, out HostScope policies)
    {
        lastResort = _knownHostDefault;
        var cells = host.IsName ? _named.FindCells(HostName.Exact(host.Text)) : null;
        if (cells is not null)
        {
            policies = scope = ScopeOf(cells);
            return cells;
        }

        var dot = host.IsName && _named.HasWildcards ? host.Text.IndexOf('.') : -1;
        cells = dot > 0 ? _named.FindCells(HostName.Wildcard(host.Text[dot..])) : null;
        if (cells is null)
        {
            lastResort = _unknownHostDefault;
            cells = _hostless;
        }

        // A wildcard of code goes before the rules, so what it says is known of the host of a rule, and looked up for all others (D23).
        scope = ScopeOf(cells);
        policies = host.IsName && !_configured.IsEmpty ? _configured.Find(host.Text) ?? scope : scope;
        return cells;
    }

    private HostCell[]? CellsOf(HostBucket? hostless, in TextHash hash)
        => ReferenceEquals(hostless, Hostless) && hash == _named.Hash ? _hostless : null;

    // The first cell of every host leads to it; where there is none, the host is one of those that no rule names.
    private HostScope ScopeOf(HostCell[]? cells) => cells is null ? Others : cells[0].ItemAs<HostScope>()!;

    /// <summary>The host of a request, or that of its target; no host for a malformed request.</summary>
    public static RequestHost HostOf(string? host, string target)
        => RequestTarget.TrySplit(target, out var authority, out _, out _) && TryReadHost(host, authority, out var read) ? read : default;

    // The authority of an absolute-form target goes before Host (semantics 3.9), and must not contradict it (D12).
    private static bool TryReadHost(string? header, ReadOnlySpan<char> authority, out RequestHost host)
    {
        if (!RequestHost.TryRead(header, out host))
        {
            return false;
        }

        if (authority.IsEmpty)
        {
            return true;
        }

        var received = host;
        return RequestHost.TryRead(authority, out host) && (received.Text.IsEmpty || received.IsSameAs(host));
    }
}

using System.Runtime.CompilerServices;

namespace Ingress.Routing.Matching;

/// <summary>From a request to a route. The seam below which data structures may change freely.</summary>
/// <param name="named">The buckets of exact and wildcard hosts.</param>
/// <param name="hostless">The bucket of the rules for all hosts, if there are any.</param>
/// <param name="knownHostDefault">The default backend behind a named bucket that has none of its own (D14, steps 3 and 5).</param>
/// <param name="unknownHostDefault">The default backend when no named bucket was selected (D14, steps 3 to 5).</param>
internal sealed class RouteMatcher(
    HostTable<HostBucket> named, HostBucket? hostless, IngressRoute? knownHostDefault, IngressRoute? unknownHostDefault)
{
    private readonly HostTable<HostBucket> _named = named;
    private readonly HostCell[]? _hostless = hostless?.ToCells(HostName.None, named.Hash);
    private readonly IngressRoute? _knownHostDefault = knownHostDefault;

    /// <summary>The buckets of exact and wildcard hosts.</summary>
    public HostTable<HostBucket> Named => _named;

    /// <summary>The bucket of the rules for all hosts.</summary>
    public HostBucket? Hostless { get; } = hostless;

    /// <summary>The bucket of a rule host, empty for all hosts; null when there is none.</summary>
    public HostBucket? BucketOf(string ruleHost) => ruleHost.Length > 0 ? _named.Get(ruleHost) : Hostless;

    /// <summary>Matches a request as it was received.</summary>
    /// <param name="host">The <c>Host</c> header; null or empty when there was none.</param>
    /// <param name="target">The target.</param>
    /// <param name="options">How paths are made canonical.</param>
    // The common case from top to bottom: the host is that of a rule, the path canonical. Everything else is left to the methods below.
    public unsafe IngressMatch Match(string? host, string target, RouteTableOptions options)
    {
        HostCell[]? cells = null;
        var lastResort = _knownHostDefault;

        // A text that equals the host of a rule is thereby well-formed, without port or final dot.
        if (host is not null && host.Length <= TextBlock.Size)
        {
            fixed (char* text = host)
            {
                var name = TextBlock.ToLower(TextBlock.Load(text, host.Length)) & TextBlock.Before(host.Length);
                cells = _named.FindCells(name, (uint)host.Length);
            }
        }

        if (cells is null && !TryFindCells(host, out cells, out lastResort))
        {
            return BadRequest;
        }

        fixed (char* text = target)
        {
            var end = RequestScan.PathLength(text, target.Length, out var block, out var slashes);
            if (end < 0)
            {
                return MatchUnusual(host, target, options);
            }

            var route = cells is null
                ? null
                : PathTable.Find(cells, new RequestBlock(block, slashes, new ReadOnlySpan<char>(text, end)), _named.Hash);
            return Outcome(route, cells, lastResort, target.AsMemory(0, end), target.AsMemory(end));
        }
    }

    private static IngressMatch BadRequest => new(IngressMatchStatus.BadRequest, null, default, default);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static IngressMatch Outcome(
        IngressRoute? route, HostCell[]? cells, IngressRoute? lastResort, ReadOnlyMemory<char> path, ReadOnlyMemory<char> query)
    {
        if (route is not null)
        {
            return new IngressMatch(IngressMatchStatus.Rule, route, path, query);
        }

        route = (cells is null ? null : Unsafe.As<IngressRoute>(cells[0].Item)) ?? lastResort;
        return new IngressMatch(route is null ? IngressMatchStatus.NotFound : IngressMatchStatus.DefaultBackend, route, path, query);
    }

    // A target in absolute-form, or a path that is not certainly canonical.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private IngressMatch MatchUnusual(string? host, string target, RouteTableOptions options)
    {
        if (!RequestTarget.TrySplit(target, out var authority, out var rawPath, out var query)
            || !TryReadHost(host, authority, out var canonicalHost)
            || !RequestPath.TryCanonicalize(rawPath, options, out var path))
        {
            return BadRequest;
        }

        var cells = FindCells(canonicalHost, out var lastResort);
        var route = cells is null ? null : PathTable.Find(cells, path.Span, _named.Hash);
        return Outcome(route, cells, lastResort, path, query);
    }

    // A host that is not, as it stands, that of a rule.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryFindCells(string? host, out HostCell[]? cells, out IngressRoute? lastResort)
    {
        cells = null;
        lastResort = null;
        if (!RequestHost.TryRead(host, out var canonicalHost))
        {
            return false;
        }

        cells = FindCells(canonicalHost, out lastResort);
        return true;
    }

    // Exact before wildcard before host-less, always (D5a), and the first one found decides (D5b).
    private HostCell[]? FindCells(RequestHost host, out IngressRoute? lastResort)
    {
        lastResort = _knownHostDefault;
        if (host.IsName)
        {
            var cells = _named.FindCells(HostName.Exact(host.Text));
            var dot = cells is null && _named.HasWildcards ? host.Text.IndexOf('.') : -1;
            cells ??= dot > 0 ? _named.FindCells(HostName.Wildcard(host.Text[dot..])) : null;
            if (cells is not null)
            {
                return cells;
            }
        }

        lastResort = unknownHostDefault;
        return _hostless;
    }

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

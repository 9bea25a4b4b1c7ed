using System.Globalization;
using Ingress.Routing.Comparison;
using Ingress.Routing.Compilation;
using Ingress.Routing.Explanation;
using Ingress.Routing.Matching;
using Ingress.Routing.Model;

namespace Ingress.Routing.Linting;

/// <summary>Makes the one request for each claim that tells whether the claim gets any.</summary>
/// <remarks>
/// That is exact, not a guess. An Exact path can get one path only. A Prefix that gets any request also gets its path with one more element
/// that no rule knows: whatever else fits that request is a Prefix and fits every request of this one, and the order among them never
/// depends on the request (D6).
/// </remarks>
internal sealed class Witnesses
{
    private readonly LintedTable _table;
    private readonly string _element;
    private readonly string _label;

    public Witnesses(LintedTable table)
    {
        _table = table;
        var paths = table.Claims.Select(static claim => claim.Written).OfType<IngressPath>().Select(table.CanonicalPathOf).ToList();
        _element = Unknown("any", name => paths.Exists(path => path.Contains(name, StringComparison.Ordinal)));
        _label = Unknown("any", name => table.NamedHosts.Any(host => host == name || host.StartsWith(name + ".", StringComparison.Ordinal)));
    }

    /// <summary>A host that no rule names.</summary>
    public string UnknownHost => _label;

    /// <summary>A path that only a root Prefix fits.</summary>
    public string UnknownPath => "/" + _element;

    /// <summary>A host of which exactly the rules of this bucket decide.</summary>
    /// <param name="bucket">A host as rules write it; empty for all hosts.</param>
    public string HostOf(string bucket)
        => bucket.Length == 0 ? _label : HostName.IsWildcard(bucket) ? _label + bucket[1..] : bucket;

    /// <summary>The path that tells for a claim.</summary>
    public string PathOf(IngressPath written)
    {
        var path = _table.CanonicalPathOf(written);
        return RulePath.TypeOf(written) == PathType.Exact ? path : (path.EndsWith('/') ? path : path + "/") + _element;
    }

    public Witness Of(PathClaim claim) => new(HostOf(claim.Host), PathOf(claim.Written!));

    private static string Unknown(string name, Func<string, bool> isKnown)
        => FreshText.First(i => i == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}{i - 1}"), isKnown);
}

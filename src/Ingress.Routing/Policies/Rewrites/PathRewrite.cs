using System.Text.RegularExpressions;
using Ingress.Routing.Matching;

namespace Ingress.Routing.Policies;

/// <summary>Changes the path that the backend gets: all of it, or the part that the route matched.</summary>
/// <remarks>
/// The result is made canonical. A request whose captures make a <c>.</c> or <c>..</c> of an element is answered with 400, so that no client
/// leads out of what was meant.
/// </remarks>
public sealed record PathRewrite : RequestPolicy
{
    /// <summary>Which paths are rewritten; null rewrites all paths of the route.</summary>
    public PathPattern? Pattern { get; init; }

    /// <summary>The new path, with an optional query that takes the place of that of the request; null when only the prefix is replaced.</summary>
    public PolicyTemplate? Target { get; init; }

    /// <summary>What takes the place of the path of the route at the start of the path; null when the whole path is replaced.</summary>
    public string? Prefix { get; init; }

    /// <summary>Whether the backend is told in <c>X-Forwarded-Prefix</c> what was taken away from the start of the path.</summary>
    public bool ForwardsPrefix { get; init; }

    /// <summary>What the backend is told in <c>X-Forwarded-Prefix</c> when the whole path is replaced; null when that is nothing.</summary>
    public PolicyTemplate? ForwardedPrefix { get; init; }

    /// <summary>The path of a rule, as literal text, whose requests go on unchanged; null when there is none.</summary>
    public string? ExceptPath { get; init; }

    /// <summary>Whether runs of slashes are kept.</summary>
    public bool KeepsSlashes { get; init; }

    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.Rewrite;

    /// <inheritdoc />
    public override bool UsesRoutePath => Target is null || ExceptPath is not null || (Pattern is null && Target.HasCaptures);

    /// <inheritdoc />
    public override string Describe() => (Target, ForwardsPrefix) switch
    {
        ({ } target, _) => $"rewrite {(Pattern is null ? "" : $"'{Pattern}' ")}to {target}",
        (_, true) => "strip the path of the route, and say so in X-Forwarded-Prefix",
        _ => $"replace the path of the route by {Prefix}",
    };

    /// <inheritdoc />
    public override PolicyOutcome Evaluate(IPolicyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (Target is null)
        {
            return ReplacePrefix(request);
        }

        if (ExceptPath is not null && request.RoutePath == ExceptPath)
        {
            return PolicyOutcome.Continue;
        }

        if (!PathPattern.Fits(Pattern, request, out var captures, out var outcome))
        {
            return outcome;
        }

        var target = Target.ExpandTarget(request, captures);
        var query = target.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? target : target[..query];
        if (DotElements.AreIn(path))
        {
            return PolicyOutcome.Answer(400);
        }

        return PolicyOutcome.Rewrite(
            Canonical(path) + (query >= 0 ? target[query..] : Target.HasQuery ? "" : request.Query.ToString()), PrefixOf(request, captures));
    }

    private PolicyOutcome ReplacePrefix(IPolicyRequest request)
    {
        // Of a regular expression, what it matched is the part that the route has.
        Match? captures = null;
        if (request.RoutePattern is not null && !PathPattern.Fits(null, request, out captures, out var outcome))
        {
            return outcome;
        }

        // A default backend takes any path, so there is nothing to replace.
        if ((captures is { Index: 0 } ? captures.Value : request.RoutePath) is not { } routePath)
        {
            return PolicyOutcome.Continue;
        }

        var prefix = routePath.EndsWith('/') ? routePath[..^1] : routePath;
        var rest = request.Path.ToString()[prefix.Length..];
        var target = Canonical(Prefix!.EndsWith('/') ? Prefix[..^1] + rest : Prefix + rest) + request.Query.ToString();
        return PolicyOutcome.Rewrite(target, ForwardsPrefix && prefix.Length > 0 ? prefix : null);
    }

    // What no header can hold, and what a client could make another element of, is left out.
    private string? PrefixOf(IPolicyRequest request, Match? captures)
        => ForwardedPrefix?.ExpandTarget(request, captures) is { Length: > 0 } prefix && !prefix.AsSpan().ContainsAnyExceptInRange('!', '~') ? prefix : null;

    private string Canonical(string path)
        => CanonicalPath.Of((path.StartsWith('/') ? path : "/" + path).AsMemory(), KeepsSlashes).ToString();
}

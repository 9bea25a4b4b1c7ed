using System.Buffers;
using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>Reads paths as ingress-nginx does.</summary>
/// <remarks>
/// As soon as one path of a host has <c>use-regex</c> or a <c>rewrite-target</c> that differs from it, each path of the host is an expression
/// <c>~* ^path</c>: in any case of letters, anchored at the start alone. A Prefix path that asks for neither becomes two, with a slash at its end
/// and without. In strict mode an Ingress changes its own paths alone.
/// </remarks>
internal sealed class NginxPathReader : PathReader
{
    public static readonly NginxPathReader Contagious = new(isStrict: false);
    public static readonly NginxPathReader Strict = new(isStrict: true);

    private const string AnyCase = "(?i)";

    private static readonly SearchValues<char> s_special = SearchValues.Create(@"\[](){}*+?|^$");

    private readonly bool _isStrict;

    private NginxPathReader(bool isStrict) => _isStrict = isStrict;

    /// <inheritdoc />
    public override PathReading? Read(HostPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!_isStrict || path.Requested is not NginxPaths requested || !(requested.UsesRegex || Differs(path, requested)))
        {
            return null;
        }

        var isOdd = path.Text.AsSpan().ContainsAny(s_special);
        return path.Type != PathType.ImplementationSpecific && !isOdd
            ? null
            : Reading(path, path.Text, path.Text) with
            {
                Difference = path.Type == PathType.ImplementationSpecific
                    ? null
                    : $"'{path.Text}' is read as a regular expression, although the path type is {path.Type}, which Kubernetes takes for literal text. "
                        + "Make it ImplementationSpecific.",
            };
    }

    /// <inheritdoc />
    public override IReadOnlyList<PathReading?>? ReadHost(IReadOnlyList<HostPath> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        if (_isStrict || CauseIn(paths) is not { } cause)
        {
            return null;
        }

        var exact = paths.Where(static path => path.Type == PathType.Exact).Select(static path => path.Text).ToHashSet(StringComparer.Ordinal);
        return [.. paths.Select(path => ReadInHost(path, exact, cause))];
    }

    private static PathReading ReadInHost(HostPath path, HashSet<string> exact, HostPath cause)
    {
        var requested = path.Requested as NginxPaths;
        var target = requested?.Target ?? "";
        var isWhole = path.Type == PathType.Exact || path.Text == "/" || requested?.UsesRegex == true || (target.Length > 0 && target != path.Text);
        var below = path.Text.EndsWith('/') ? path.Text : path.Text + "/";

        // What has no rewriting leaves the path alone; so does what is rewritten to itself.
        var captures = requested is null || target.Length == 0 || target != path.Text ? path.Text
            : isWhole || below == path.Text ? null
            : "^" + below;
        var reading = Reading(path, isWhole || !exact.Contains(path.Text) ? path.Text : below, captures);
        return reading.Problem is null ? reading with { Difference = DifferenceOf(path, cause) } : reading;
    }

    private static PathReading Reading(HostPath path, string text, string? captures)
    {
        if (!PcreSyntax.TryTranslate(text, out var expression, out var problem))
        {
            return new() { Problem = problem };
        }

        var capturing = captures is null ? null : captures == text ? AnyCase + expression : AnyCase + "^" + expression + (text.EndsWith('/') ? "" : "/");
        return PathPattern.TryCreate(path.Text, $"{AnyCase}^{expression}", capturing, out var pattern, out problem)
            ? new() { Pattern = pattern }
            : new() { Problem = problem };
    }

    // The path because of which all of them are expressions.
    private static HostPath? CauseIn(IReadOnlyList<HostPath> paths)
        => paths.FirstOrDefault(static path => path.Requested is NginxPaths requested && (requested.UsesRegex || IsRewritten(path, requested)))
            ?? (IsRootRewritten(paths) ? paths[0] : null);

    // A Prefix is compared with the slash that it gets.
    private static bool IsRewritten(HostPath path, NginxPaths requested)
        => requested.Target.Length > 0
            && (requested.Target != path.Text || !(path.Type == PathType.Exact || path.Text.EndsWith('/')));

    private static bool Differs(HostPath path, NginxPaths requested) => requested.Target.Length > 0 && requested.Target != path.Text;

    // Each host has a path '/' there, with the annotations of the oldest Ingress, unless a rule declares it.
    private static bool IsRootRewritten(IReadOnlyList<HostPath> paths)
        => paths is [{ Requested: NginxPaths { Target.Length: > 0 } oldest }, ..]
            && oldest.Target != "/"
            && !paths.Any(static path => path.Text == "/" && path.Type != PathType.Exact);

    private static string? DifferenceOf(HostPath path, HostPath cause)
    {
        var isOwn = path.Ingress == cause.Ingress || path.Requested is NginxPaths { UsesRegex: true } or NginxPaths { Target.Length: > 0 };
        var isPattern = path.Text.AsSpan().ContainsAny(s_special);
        if (path.Text == "/" && path.Type != PathType.Exact || (isOwn && isPattern && path.Type == PathType.ImplementationSpecific))
        {
            return null;
        }

        var annotation = cause.Requested is NginxPaths { UsesRegex: true } ? "use-regex" : "rewrite-target";
        var who = path.Ingress == cause.Ingress ? $"'{annotation}'" : $"'{annotation}' of Ingress '{cause.Ingress}'";
        var begin = $"{who} makes regular expressions of all paths of this host, as ingress-nginx does.";
        if (isPattern)
        {
            return $"{begin} Kubernetes takes {path.Type} '{path.Text}' for literal text, and so would 'nginx,strict'{(isOwn ? ", but for what looks like an expression" : "")}.";
        }

        var upper = path.Text.ToUpperInvariant() is var text && text != path.Text ? $" and '{text}'" : "";
        var also = path.Text.EndsWith('/') && path.Type != PathType.Exact
            ? $"no longer takes '{path.Text.TrimEnd('/')}'{(upper.Length > 0 ? $", and also takes{upper[4..]}" : "")}"
            : $"also takes '{path.Text}x'{upper}";
        var otherwise = path.Type == PathType.Exact ? $"'{path.Text}' alone" : $"'{path.Text.TrimEnd('/')}' and what is below it alone";
        return $"{begin} {path.Type} '{path.Text}' {also}. With 'nginx,strict' it takes {otherwise}.";
    }
}

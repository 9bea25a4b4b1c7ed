using System.Buffers;
using System.Text.RegularExpressions;
using Ingress.Routing.Annotations;

namespace Ingress.Routing.Compilation;

/// <summary>How the paths of one host are read: as literal text, unless an Ingress of the host asks for something else.</summary>
internal sealed class HostPathReadings
{
    private static readonly SearchValues<char> s_special = SearchValues.Create(@"\.[](){}*+?|^$");
    private static readonly HostPathReadings s_literal = new([]);

    private readonly Dictionary<(RuleClaim Claim, int Path), PathReading> _readings;

    private HostPathReadings(Dictionary<(RuleClaim Claim, int Path), PathReading> readings) => _readings = readings;

    /// <summary>Reads the paths of a host.</summary>
    /// <param name="claims">The claims whose paths are served, the oldest first.</param>
    public static HostPathReadings Of(IReadOnlyList<RuleClaim> claims, PolicyDirectory policies, RouteTableOptions options)
    {
        if (!claims.Any(claim => policies.Of(claim.Ingress)?.Paths is not null))
        {
            return s_literal;
        }

        var paths = claims
            .SelectMany(static claim => Enumerable.Range(0, claim.Ingress.Rules[claim.Rule].Paths?.Count ?? 0).Select(path => (Claim: claim, Path: path)))
            .ToList();
        var readings = ReadHost(paths, policies) ?? paths.ConvertAll(path => policies.Of(path.Claim.Ingress)?.Paths is { } requested
            ? requested.Reader.Read(PathOf(path, requested.Reader, policies))
            : null);
        var kept = new Dictionary<(RuleClaim Claim, int Path), PathReading>();
        for (var i = 0; i < paths.Count; i++)
        {
            if (readings[i] is { } reading)
            {
                kept.Add(paths[i], Allowed(reading, options));
            }
        }

        return new(kept);
    }

    /// <summary>How a path is read; null when it is literal text.</summary>
    public PathReading? Find(RuleClaim claim, int path) => _readings.GetValueOrDefault((claim, path));

    /// <summary>The regular expression that a path is; null when it is literal text.</summary>
    public PathPattern? PatternOf(RuleClaim claim, int path)
        => Find(claim, path) is not { } reading ? null
            : reading.Problem is null ? reading.Pattern
            : StandIn(RulePath.AsWritten(claim.Ingress.Rules[claim.Rule].Paths![path]));

    /// <summary>What stands in for a path that cannot be read: whatever begins like it.</summary>
    // Were it left out, a shorter path could take what this one was to protect.
    private static PathPattern StandIn(string text)
    {
        var end = text.AsSpan().IndexOfAny(s_special);
        var start = end < 0 ? text : text[end] is '*' or '?' or '{' ? text[..Math.Max(end - 1, 0)] : text[..end];
        var expression = @"(?i)\A" + Regex.Escape(start.StartsWith('/') ? start : "/");
        return PathPattern.TryCreate(text.Length > 100 ? text[..100] : text, expression, null, out var pattern, out _)
            ? pattern!
            : throw new InvalidOperationException("Escaped text is an expression.");
    }

    private static IReadOnlyList<PathReading?>? ReadHost(List<(RuleClaim Claim, int Path)> paths, PolicyDirectory policies)
    {
        foreach (var reader in paths.Select(path => policies.Of(path.Claim.Ingress)?.Paths?.Reader).OfType<PathReader>().Distinct())
        {
            if (reader.ReadHost(paths.ConvertAll(path => PathOf(path, reader, policies))) is { } readings)
            {
                return readings;
            }
        }

        return null;
    }

    private static HostPath PathOf((RuleClaim Claim, int Path) path, PathReader reader, PolicyDirectory policies)
    {
        var written = path.Claim.Ingress.Rules[path.Claim.Rule].Paths![path.Path];
        var requested = policies.Of(path.Claim.Ingress)?.Paths is { } asked && ReferenceEquals(asked.Reader, reader) ? asked.Requested : null;
        return new(path.Claim.Ingress.Name, RulePath.AsWritten(written), RulePath.TypeOf(written), requested);
    }

    private static PathReading Allowed(PathReading reading, RouteTableOptions options)
        => options.RejectBacktrackingPatterns && reading.Pattern is { NeedsBacktracking: true }
            ? new() { Problem = "it needs backtracking, which is switched off" }
            : reading;
}

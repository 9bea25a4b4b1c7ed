using System.Buffers;
using Ingress.Routing.Comparison;
using Ingress.Routing.Matching;

namespace Ingress.Routing.Expectations;

/// <summary>Proves that a Service is out of reach, or finds a request that reaches it.</summary>
/// <remarks>
/// The region asked about is cut where a rule can tell its requests apart. On each of the finitely many pieces the table gives one answer,
/// so one request of each decides about all of them.
/// </remarks>
internal sealed class NeverChecker(IngressRouteTable table)
{
    private static readonly SearchValues<char> s_special = SearchValues.Create(@"\.[](){}*+?|^$");

    private readonly BucketIndex _buckets = new(table);
    private HostPartition? _everyHost;

    public ExpectationResult Check(NeverExpectation expectation)
    {
        if (expectation.Host is { } host && !HostPartition.IsPattern(host))
        {
            return Refuse(expectation, $"'{host}', which is no host");
        }

        if (expectation.Path is { } written && !written.StartsWith('/'))
        {
            return Refuse(expectation, $"'{written}', which is no path");
        }

        var range = RangeOf(expectation);
        var regions = 0;
        foreach (var region in HostsOf(expectation))
        {
            if (FailureByPattern(region, range, expectation) is { } failure)
            {
                return failure;
            }

            foreach (var cell in new PathPartition(_buckets.Find(region).Routes, table.Options, range).Cells)
            {
                // A cell lies in the range or beside it, since the range took part in the cutting.
                if (!range.Contains(cell.Witness))
                {
                    continue;
                }

                regions++;
                var answer = RequestAnswer.Of(table, region.Witness, cell.Witness);
                if (ForbiddenIn(answer, expectation) is { } forbidden)
                {
                    var conditions = forbidden.Conditions;
                    return new(expectation)
                    {
                        Failures = [new() { Subject = "never", Expected = $"never {NameOf(expectation)}", Actual = forbidden.ToString() }],
                        Request = new(region.Witness, cell.Witness + conditions.ExampleQuery) { Sent = conditions.Example },
                        Answer = forbidden,
                        Regions = regions,
                    };
                }
            }
        }

        return new(expectation) { Regions = regions };
    }

    // An expression fits more paths than can be tried: what is not ruled out by where it begins is not proven.
    private ExpectationResult? FailureByPattern(HostRegion region, PathRange range, NeverExpectation expectation)
    {
        foreach (var route in _buckets.Find(region).Patterns.Where(route => IsNamed(route, expectation)))
        {
            var reached = PatternExamples.Of(route.Pattern!).Where(range.Contains)
                .FirstOrDefault(path => ForbiddenIn(RequestAnswer.Of(table, region.Witness, path), expectation) is not null);
            if (reached is null && (range.IsExact || !MayFitBelow(route.Pattern!, range.Path)))
            {
                continue;
            }

            return new(expectation)
            {
                Failures =
                [
                    new()
                    {
                        Subject = "never",
                        Expected = $"never {NameOf(expectation)}",
                        Actual = reached is null
                            ? $"{RequestAnswer.BackendOf(route)}, perhaps: the regular expression '{route.Pattern}' of {route.Source} may fit a path that was not tried"
                            : RequestAnswer.Of(table, region.Witness, reached).ToString(),
                    },
                ],
                Request = reached is null ? null : new(region.Witness, reached),
                Answer = reached is null ? null : RequestAnswer.Of(table, region.Witness, reached),
                Regions = 1,
            };
        }

        return null;
    }

    // Both begin alike, as far as both are literal.
    private static bool MayFitBelow(PathPattern pattern, string path)
    {
        var end = pattern.Text.AsSpan().IndexOfAny(s_special);
        var start = end < 0 ? pattern.Text : pattern.Text[..Math.Max(0, pattern.Text[end] is '*' or '?' or '{' ? end - 1 : end)];
        return pattern.Text.Contains('|', StringComparison.Ordinal)
            || start.StartsWith(path, StringComparison.OrdinalIgnoreCase) || path.StartsWith(start, StringComparison.OrdinalIgnoreCase);
    }

    // Of several answers under conditions, the first that must not be.
    private static RequestAnswer? ForbiddenIn(RequestAnswer answer, NeverExpectation expectation)
        => answer.Alternatives.DefaultIfEmpty(answer).FirstOrDefault(one => IsForbidden(one!, expectation));

    private static bool IsForbidden(RequestAnswer answer, NeverExpectation expectation) => answer.Route is { } route && IsNamed(route, expectation);

    private static bool IsNamed(IngressRoute route, NeverExpectation expectation)
        => route.Services.Any(service => service.Name == expectation.Service
            && (expectation.Port is null || expectation.Port.ToString() == service.Port.ToString()));

    private static string NameOf(NeverExpectation expectation)
        => expectation.Port is null ? expectation.Service.ToString() : $"{expectation.Service}:{expectation.Port}";

    // Every path is '/' with all below it.
    private PathRange RangeOf(NeverExpectation expectation)
    {
        var isExact = expectation.IsExact && expectation.Path is not null;
        return new(CanonicalPath.Of((expectation.Path ?? "/").AsMemory(), table.Options.KeepSlashes).ToString(), isExact, []);
    }

    private IEnumerable<HostRegion> HostsOf(NeverExpectation expectation)
    {
        if (expectation.Host is not { } host)
        {
            return (_everyHost ??= new HostPartition(_buckets.Hosts)).Regions;
        }

        var regions = new HostPartition(_buckets.Hosts.Append(host)).Regions;
        return HostName.IsWildcard(host)
            ? regions.Where(region => region.Pattern == host || (region.Kind == HostRegionKind.Exact && IsUnder(region.Pattern, host)))
            : regions.Where(region => region.Pattern == host);
    }

    private static bool IsUnder(string name, string wildcard)
        => name.IndexOf('.') is > 0 and var dot && name.AsSpan(dot).SequenceEqual(wildcard.AsSpan(1));

    private static ExpectationResult Refuse(NeverExpectation expectation, string reason) => new(expectation)
    {
        Failures = [new() { Subject = "never", Expected = "a region of requests", Actual = reason }],
        Regions = 0,
    };
}

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
            foreach (var cell in new PathPartition(_buckets.Find(region).Routes, table.Options, range).Cells)
            {
                // A cell lies in the range or beside it, since the range took part in the cutting.
                if (!range.Contains(cell.Witness))
                {
                    continue;
                }

                regions++;
                var answer = RequestAnswer.Of(table, region.Witness, cell.Witness);
                if (IsForbidden(answer, expectation))
                {
                    return new(expectation)
                    {
                        Failures = [new() { Subject = "never", Expected = $"never {NameOf(expectation)}", Actual = answer.ToString() }],
                        Request = new(region.Witness, cell.Witness),
                        Answer = answer,
                        Regions = regions,
                    };
                }
            }
        }

        return new(expectation) { Regions = regions };
    }

    private static bool IsForbidden(RequestAnswer answer, NeverExpectation expectation)
        => answer.Alternatives.Count > 0
            ? answer.Alternatives.Any(alternative => IsForbidden(alternative, expectation))
            : answer.Route?.Services.Any(service => service.Name == expectation.Service
                && (expectation.Port is null || expectation.Port.ToString() == service.Port.ToString())) == true;

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

using System.Diagnostics;

namespace Ingress.Routing.Benchmarks;

/// <summary>The self-check of <c>--quick</c>, and of <c>--full</c>, which has the largest fleets too.</summary>
internal sealed class SelfCheck(bool isFull)
{
    private const int Rounds = 25;
    private const int EndpointRoutingRequests = 2_048;

    private static readonly int[] s_hosts = [10, 100, 1_000, 10_000, 100_000];
    private static readonly int[] s_paths = [0, 1, 5, 50];

    public void Run()
    {
        var start = Stopwatch.GetTimestamp();
        Report.Line($"{Environment.OSVersion}, .NET {Environment.Version}, {Environment.ProcessorCount} processors, medians of {Rounds} interleaved rounds");
        Cells();
        EndpointRouting();
        SpecialCases();
        Growth();
        ServerNameCheck.Run(Rounds);
        ChangeCheck.Run();
        Report.Line($"{Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s");
    }

    private void Cells()
    {
        Report.Title("Match, of FrozenDictionary<string, T>[host + path] with a ready-made key (loop included)");
        var ratios = new List<double>();
        var bestRatios = new List<double>();
        foreach (var hosts in s_hosts)
        {
            foreach (var paths in s_paths.Where(paths => isFull || hosts * paths <= 500_000))
            {
                var fleet = new Fleet(hosts, paths);
                var requests = Requests.Mixed(fleet);
                var table = IngressRouteTable.Compile(fleet.Snapshot);
                var times = Contender.Measure(Rounds, Requests.Count, Subjects.Match(table, requests), Subjects.ReadyMadeKey(table, requests));
                ratios.Add(times[0].Median / times[1].Median);
                bestRatios.Add(times[0].Best / times[1].Best);
                Report.Line($"{hosts,7} hosts x {paths,2} paths {times[0].Median,8:F1} ns {times[1].Median,8:F1} ns {ratios[^1],6:F2}   best rounds {times[0].Best,8:F1} ns {times[1].Best,8:F1} ns {bestRatios[^1],6:F2}");
            }
        }

        Report.AtMost("geometric mean", Math.Exp(ratios.Average(Math.Log)), 1.2, "x");
        Report.AtMost("worst", ratios.Max(), 1.5, "x");
        Report.AtMost("geometric mean of the best rounds", Math.Exp(bestRatios.Average(Math.Log)), 1.2, "x");
    }

    // At 1,000 hosts it builds for 13 seconds on an idle machine.
    private void EndpointRouting()
    {
        Report.Title("Endpoint routing");
        foreach (var (hosts, goal) in new[] { (100, 10.0), (1_000, 60.0) }.Take(isFull ? 2 : 1))
        {
            var fleet = new Fleet(hosts, 5);
            var requests = Requests.Mixed(fleet);
            var table = IngressRouteTable.Compile(fleet.Snapshot);
            var start = Stopwatch.GetTimestamp();
            var endpointRouting = Subjects.EndpointRouting(new EndpointRouter(fleet), requests, EndpointRoutingRequests);
            Report.Line($"{hosts} hosts x 5: builds in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s");
            var theirs = Contender.Measure(Rounds, EndpointRoutingRequests, endpointRouting)[0].Median;
            var ours = Contender.Measure(Rounds, Requests.Count, Subjects.Match(table, requests))[0].Median;
            Report.AtLeast(FormattableString.Invariant($"{theirs:F0} ns of {ours:F1} ns"), theirs / ours, goal, "x");
        }
    }

    private static void SpecialCases()
    {
        Report.Title("Many paths, paths that are not canonical");
        var (one, many) = (new Fleet(10, 1), new Fleet(10, 1_000));
        var requests = (One: Requests.OfKind(one, Requests.Kind.Exact), Many: Requests.OfKind(many, Requests.Kind.Exact));
        var tables = (One: IngressRouteTable.Compile(one.Snapshot), Many: IngressRouteTable.Compile(many.Snapshot));
        var notCanonical = requests.One.NotCanonical();
        var times = Contender.Measure(
            Rounds,
            Requests.Count,
            Subjects.Match(tables.One, requests.One),
            Subjects.Match(tables.Many, requests.Many),
            Subjects.Match(tables.One, notCanonical));
        Report.AtMost("host with 1,000 paths, of one with one", times[1].Median / times[0].Median, 2.5, "x");
        Report.AtMost("not canonical", times[2].Median / times[0].Median, 4, "x");
        Report.AtMost("allocated by a canonical request", BytesOf(tables.One, requests.One), 0, "bytes");
        var longest = notCanonical.Targets.Max(static target => target.Length);
        Report.AtMost("allocated by one that is not", BytesOf(tables.One, notCanonical), 22 + (2 * longest) + 8, "bytes");
    }

    private void Growth()
    {
        Report.Title("Growth");
        var most = isFull ? 1_000_000 : 100_000;
        var (few, many) = (new Fleet(1_000, 1), new Fleet(most, 1));
        var times = Contender.Measure(
            Rounds,
            Requests.Count,
            Subjects.Match(IngressRouteTable.Compile(few.Snapshot), Requests.Mixed(few)),
            Subjects.Match(IngressRouteTable.Compile(many.Snapshot), Requests.Mixed(many)));
        Report.AtMost(FormattableString.Invariant($"{most:N0} hosts, of 1,000"), times[1].Median / times[0].Median, 3, "x");
    }

    private static double BytesOf(IngressRouteTable table, Requests requests)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Subjects.MatchAll(table, requests);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Requests.Count;
    }
}

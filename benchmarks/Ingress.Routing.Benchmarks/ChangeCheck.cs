using System.Diagnostics;
using Ingress.Routing.Matching;

namespace Ingress.Routing.Benchmarks;

/// <summary>Compiling, changing and keeping 100,000 Ingresses with five paths each.</summary>
internal static class ChangeCheck
{
    private const int Hosts = 100_000;
    private const int Paths = 5;

    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(8);

    public static void Run()
    {
        Report.Title("100,000 Ingresses with five paths each");
        var fleet = new Fleet(Hosts, Paths);
        GC.Collect();
        var start = Stopwatch.GetTimestamp();
        var table = IngressRouteTable.Compile(fleet.Snapshot);
        Report.AtMost("full compile", Stopwatch.GetElapsedTime(start).TotalSeconds, 1, "s");

        Memory(table);
        Structure(table);
        Apply(table, fleet);
    }

    // The table of hosts once more, made of the same routes.
    private static void Memory(IngressRouteTable table)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var copy = new HostTable<HostBucket>(table.Named.Hosts());
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        Report.AtMost("matching structures, for each rule", bytes / (double)(Hosts * Paths), 120, "bytes");
        GC.KeepAlive(copy);
    }

    // What one host costs among the matching structures.
    private static void Structure(IngressRouteTable table)
    {
        var named = table.Named;
        var hosts = table.Routes.Where(static route => route.Host is not null).Select(static route => route.Host!).Distinct().Take(10_000).ToList();
        var (times, bytes) = Each(1_000, i =>
        {
            var bucket = named.Get(hosts[i])!;
            var start = Stopwatch.GetTimestamp();
            named = named.With([KeyValuePair.Create<string, HostBucket?>(hosts[i], bucket)]);
            return start;
        });
        Report.AtMost("one host in the matching structures, median", Contender.Median(times), 15, "us");
        Report.AtMost("allocated", bytes / 1024, 20, "KiB");
    }

    private static void Apply(IngressRouteTable table, Fleet fleet)
    {
        var random = new Random(1);
        var (times, bytes) = Each(5_000, i =>
        {
            var change = new ClusterChange { Upserted = [Fleet.Changed(fleet.Snapshot.Ingresses[random.Next(Hosts)], i)] };
            var start = Stopwatch.GetTimestamp();
            table = table.Apply(change);
            return start;
        });
        Report.Line($"{times.Length} changes of one Ingress");
        Report.AtMost("Apply, median", Contender.Median(times), 50, "us");
        Report.AtMost("Apply, 99th percentile", times.Order().ElementAt(times.Length * 99 / 100), 500, "us");
        Report.AtMost("allocated", bytes / 1024, 64, "KiB");
    }

    // Microseconds of each, and bytes of an average one; the first are not counted, because the tiered compiler is at work.
    private static (double[] Times, double Bytes) Each(int count, Func<int, long> action)
    {
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < 4 * count && Stopwatch.GetElapsedTime(began) < s_budget; i++)
        {
            action(i);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        began = Stopwatch.GetTimestamp();
        var times = new List<double>(count);
        for (var i = 0; i < count && Stopwatch.GetElapsedTime(began) < s_budget; i++)
        {
            times.Add(Stopwatch.GetElapsedTime(action(i)).TotalMicroseconds);
        }

        return ([.. times], (GC.GetAllocatedBytesForCurrentThread() - before) / (double)times.Count);
    }
}

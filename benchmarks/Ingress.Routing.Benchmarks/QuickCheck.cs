using System.Collections.Frozen;
using System.Globalization;

namespace Ingress.Routing.Benchmarks;

/// <summary>The self-check of <c>--quick</c>.</summary>
internal static class QuickCheck
{
    private const int Rounds = 41;
    private static readonly int[] s_hosts = [10, 100, 1_000, 10_000, 100_000];
    private static readonly int[] s_paths = [0, 1, 5, 50];

    public static void Run(string[] args)
    {
        var most = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 10_000;
        double product = 1;
        var cells = 0;
        foreach (var hosts in s_hosts.Where(h => h <= most && h >= (args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 0)))
        {
            foreach (var paths in s_paths)
            {
                var (ours, frozen) = Cell(hosts, paths);
                product *= ours / frozen;
                cells++;
                Console.WriteLine($"{hosts,8} x {paths,2}  {ours,7:F1} ns  frozen {frozen,7:F1} ns  {ours / frozen:F2}");
            }
        }

        Console.WriteLine($"geomean {Math.Pow(product, 1.0 / cells):F3}");
    }

    private static (double Ours, double Frozen) Cell(int hosts, int paths)
    {
        var fleet = new Fleet(hosts, paths);
        var requests = Environment.GetEnvironmentVariable("KIND") is { } k ? Requests.OfKind(fleet, Enum.Parse<Requests.Kind>(k)) : Requests.Mixed(fleet);
        var table = IngressRouteTable.Compile(fleet.Snapshot);
        var frozen = table.Routes.Where(r => r.Path is not null).ToFrozenDictionary(r => r.Host + r.Path);
        var t = Contender.Measure(
            Rounds,
            Requests.Count,
            new Contender("match", () =>
            {
                var found = 0;
                var (h, q) = (requests.Hosts, requests.Targets);
                for (var i = 0; i < h.Length; i++)
                {
                    found += table.Match(h[i], q[i]).Route is null ? 0 : 1;
                }

                return found;
            }),
            new Contender("frozen", () =>
            {
                var found = 0;
                foreach (var key in requests.Keys)
                {
                    found += frozen.TryGetValue(key, out _) ? 1 : 0;
                }

                return found;
            }));
        return (t[0], t[1]);
    }
}

using System.Globalization;
using Ingress.Routing.Model;

namespace Ingress.Routing.Benchmarks;

/// <summary>Made-up Ingresses of a realistic shape, the same in every run: one for each host.</summary>
/// <remarks>
/// Host <c>n</c> is <c>app-n.team-m.example.test</c>, every tenth a wildcard. Seven hosts of ten have <c>/</c>; the other paths have one to
/// four elements, three of ten are Exact. "No paths" stands for hosts that have <c>/</c> alone.
/// </remarks>
internal sealed class Fleet
{
    private const int Seed = 20_260_101;
    private const int HostsPerTeam = 40;
    private const int MostElements = 4;

    private static readonly DateTimeOffset s_created = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] s_words =
    [
        "api", "v1", "v2", "users", "orders", "cart", "items", "static", "assets", "images", "admin", "login", "search", "health", "docs", "graphql",
        "billing", "reports", "export", "internal", "metrics", "sessions", "profile", "uploads",
    ];

    private static readonly IngressBackend[] s_backends = [.. s_words.Select(static word => IngressBackend.ForService(word, 80))];

    private readonly Random _random = new(Seed);

    public Fleet(int hosts, int pathsPerHost)
    {
        Rules = [.. Enumerable.Range(0, hosts).Select(host => new IngressRule { Host = HostOf(host), Paths = Paths(host, pathsPerHost) })];
        Snapshot = new() { Ingresses = [.. Rules.Select(Ingress)] };
    }

    public const int WildcardEvery = 10;

    public IReadOnlyList<IngressRule> Rules { get; }

    public ClusterSnapshot Snapshot { get; }

    public static bool IsWildcard(int host) => host % WildcardEvery == WildcardEvery - 1;

    /// <summary>An Ingress of the fleet with another backend behind its first path.</summary>
    public static IngressResource Changed(IngressResource ingress, int change)
    {
        var paths = ingress.Rules[0].Paths!;
        var backend = IngressBackend.ForService(string.Create(CultureInfo.InvariantCulture, $"changed-{change}"), 80);
        return ingress with { Rules = [ingress.Rules[0] with { Paths = [paths[0] with { Backend = backend }, .. paths.Skip(1)] }] };
    }

    private static string HostOf(int host)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"app-{host}.team-{host / HostsPerTeam}.example.test");
        return IsWildcard(host) ? "*." + name : name;
    }

    private static IngressResource Ingress(IngressRule rule, int host) => new()
    {
        Metadata = new()
        {
            Namespace = string.Create(CultureInfo.InvariantCulture, $"team-{host / HostsPerTeam}"),
            Name = string.Create(CultureInfo.InvariantCulture, $"app-{host}"),
            CreationTimestamp = s_created.AddSeconds(host),
        },
        Rules = [rule],
    };

    private List<IngressPath> Paths(int host, int count)
    {
        List<IngressPath> paths = [];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        if (count == 0 || _random.Next(10) < 7)
        {
            paths.Add(new() { Path = "/", PathType = PathTypes.Prefix, Backend = s_backends[host % s_backends.Length] });
        }

        while (paths.Count < count)
        {
            var path = RandomPath(paths.Count);
            if (seen.Add(path))
            {
                var type = _random.Next(10) < 3 ? PathTypes.Exact : PathTypes.Prefix;
                paths.Add(new() { Path = path, PathType = type, Backend = s_backends[paths.Count % s_backends.Length] });
            }
        }

        return paths;
    }

    // Hosts with more paths than there are words have numbered ones too.
    private string RandomPath(int index)
    {
        var words = _random.GetItems(s_words, _random.Next(1, MostElements + 1));
        return "/" + string.Join('/', words) + (index > s_words.Length ? string.Create(CultureInfo.InvariantCulture, $"-{index}") : "");
    }
}

using System.Globalization;
using Ingress.Routing.Model;

namespace Ingress.Routing.Benchmarks;

/// <summary>Made-up rules and requests of a realistic shape, the same in every run.</summary>
/// <remarks>
/// Host <c>n</c> is <c>app-n.team-m.example.test</c>, with one Ingress of its own; every tenth is a wildcard. The first path of a host is
/// <c>/</c>, the others have one to four elements; one in eight is Exact.
/// </remarks>
internal sealed class Corpus
{
    public const int RequestCount = 1024;

    private const int Seed = 20260101;
    private const int WildcardEvery = 10;
    private const int ExactEvery = 8;
    private const int MostElements = 4;

    private static readonly DateTimeOffset s_created = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] s_words =
    [
        "api", "v1", "v2", "users", "orders", "cart", "items", "static", "assets", "images", "admin", "login", "search", "health", "docs", "graphql",
    ];

    private readonly Random _random = new(Seed);
    private readonly List<IngressPath[]> _paths = [];
    private readonly int _hosts;

    public Corpus(int hosts, int pathsPerHost)
    {
        _hosts = hosts;
        for (var host = 0; host < hosts; host++)
        {
            _paths.Add([.. Enumerable.Range(0, pathsPerHost).Select(Path).DistinctBy(path => (path.Path, path.PathType))]);
        }

        Snapshot = new() { Ingresses = [.. Enumerable.Range(0, hosts).Select(Ingress)] };
    }

    public ClusterSnapshot Snapshot { get; }

    /// <summary>Hosts and paths, as rules write them.</summary>
    public IEnumerable<(string Host, IngressPath Path)> Rules
        => _paths.SelectMany((paths, host) => paths.Select(path => (HostOf(host), path)));

    /// <summary>Requests whose canonical host and path are those of a rule, with an exact host.</summary>
    public Request[] ExactHits() => Requests(wildcard: false, path => path);

    /// <summary>Requests below the path of a rule, with an exact host and a query.</summary>
    public Request[] DeepHits() => Requests(wildcard: false, path => path.TrimEnd('/') + "/8d3f/details/latest.json?page=2&size=50");

    /// <summary>Requests for a host that only a wildcard covers.</summary>
    public Request[] WildcardHits() => Requests(wildcard: true, path => path);

    /// <summary>Requests for hosts that no rule names.</summary>
    public Request[] Misses() => [.. ExactHits().Select(request => request with { Host = "unknown." + request.Host })];

    /// <summary>Requests that hit only after their path was made canonical.</summary>
    public Request[] NotCanonical() => Requests(wildcard: false, path => "/%61pi/..//." + path + "/caf%c3%a9");

    private static string HostOf(int host)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"app-{host}.team-{host / WildcardEvery}.example.test");
        return host % WildcardEvery == WildcardEvery - 1 ? "*." + name : name;
    }

    private Request[] Requests(bool wildcard, Func<string, string> target)
        => [.. Enumerable.Range(0, RequestCount).Select(_ =>
        {
            var host = _random.Next(_hosts / WildcardEvery) * WildcardEvery + (wildcard ? WildcardEvery - 1 : _random.Next(WildcardEvery - 1));
            var path = _paths[host][_random.Next(_paths[host].Length)];
            return new Request(HostOf(host).Replace("*", "any", StringComparison.Ordinal), target(path.Path!));
        })];

    private IngressPath Path(int index) => new()
    {
        Path = index == 0 ? "/" : "/" + string.Join('/', Enumerable.Range(0, _random.Next(1, MostElements + 1)).Select(_ => _random.GetItems(s_words, 1)[0])),
        PathType = index > 0 && _random.Next(ExactEvery) == 0 ? PathTypes.Exact : PathTypes.Prefix,
        Backend = IngressBackend.ForService(s_words[index % s_words.Length], 80),
    };

    private IngressResource Ingress(int host) => new()
    {
        Metadata = new()
        {
            Namespace = string.Create(CultureInfo.InvariantCulture, $"team-{host / WildcardEvery}"),
            Name = string.Create(CultureInfo.InvariantCulture, $"app-{host}"),
            CreationTimestamp = s_created.AddSeconds(host),
        },
        Rules = [new() { Host = HostOf(host), Paths = _paths[host] }],
    };
}

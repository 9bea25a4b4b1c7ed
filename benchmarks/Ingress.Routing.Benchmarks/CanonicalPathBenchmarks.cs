using BenchmarkDotNet.Attributes;
using Ingress.Routing.Model;

namespace Ingress.Routing.Benchmarks;

/// <summary>What making a path canonical costs, through <c>Match</c> against a single rule.</summary>
[MemoryDiagnoser]
public class CanonicalPathBenchmarks
{
    private const string Host = "shop.example.test";
    private const int LongLength = 4096;

    private readonly string _long = "/" + string.Concat(Enumerable.Repeat("element/", LongLength / "element/".Length));
    private readonly string _longWithEscapes = "/" + string.Concat(Enumerable.Repeat("%65lem//", LongLength / "%65lem//".Length));

    private readonly IngressRouteTable _table = IngressRouteTable.Compile(new()
    {
        Ingresses =
        [
            new()
            {
                Metadata = new() { Name = "shop" },
                Rules = [new() { Host = Host, Paths = [new() { Path = "/", PathType = PathTypes.Prefix, Backend = IngressBackend.ForService("web", 80) }] }],
            },
        ],
    });

    [Benchmark(Baseline = true)]
    public IngressMatch Canonical() => _table.Match(Host, "/api/v1/users/8d3f/details?page=2");

    [Benchmark]
    public IngressMatch KeptEscape() => _table.Match(Host, "/api/v1/users/caf%C3%A9/details?page=2");

    [Benchmark]
    public IngressMatch DecodedEscape() => _table.Match(Host, "/%61pi/v1/users/8d3f/details?page=2");

    [Benchmark]
    public IngressMatch DotElements() => _table.Match(Host, "/api/v1/../v2/./users/8d3f/details?page=2");

    [Benchmark]
    public IngressMatch Slashes() => _table.Match(Host, "//api//v1/users/8d3f/details?page=2");

    [Benchmark]
    public IngressMatch Refused() => _table.Match(Host, "/api/v1/users/8d3f/details%zz?page=2");

    [Benchmark]
    public IngressMatch FourKilobytes() => _table.Match(Host, _long);

    [Benchmark]
    public IngressMatch FourKilobytesWithEscapes() => _table.Match(Host, _longWithEscapes);
}

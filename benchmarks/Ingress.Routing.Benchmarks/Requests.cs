using System.Globalization;
using Ingress.Routing.Model;

namespace Ingress.Routing.Benchmarks;

/// <summary>What is asked for, as it comes in, and the key with which a dictionary of ready-made keys is asked for the same.</summary>
/// <remarks>No text is an instance that a table holds.</remarks>
internal sealed class Requests
{
    /// <summary>The number of requests; enough that no processor learns them by heart.</summary>
    public const int Count = 65_536;

    private const int Seed = 20_260_102;

    private Requests(string[] hosts, string[] targets, string[] keys) => (Hosts, Targets, Keys) = (hosts, targets, keys);

    public string[] Hosts { get; }

    public string[] Targets { get; }

    public string[] Keys { get; }

    /// <summary>Of ten requests eight hit an exact host, hosts by Zipf's law, one a wildcard and one no host at all.</summary>
    public static Requests Mixed(Fleet fleet)
    {
        var random = new Random(Seed);
        return Make(fleet, random, () => random.Next(10) switch { 0 => Kind.Wildcard, 1 => Kind.Miss, _ => Kind.Exact });
    }

    public static Requests OfKind(Fleet fleet, Kind kind) => Make(fleet, new Random(Seed), () => kind);

    /// <summary>The same requests with something in their path that has to be made canonical.</summary>
    public Requests NotCanonical()
    {
        string[] escaped = [.. Targets.Select(static (target, i) => (i % 3) switch { 0 => "/%61/.." + target, 1 => "/a/.." + target, _ => "/" + target })];
        return new Requests(Hosts, escaped, Keys);
    }

    public static string KeyOf(string? ruleHost, IngressPath path) => ruleHost + path.Path;

    private static Requests Make(Fleet fleet, Random random, Func<Kind> kindOf)
    {
        var requests = new Requests(new string[Count], new string[Count], new string[Count]);
        var zipf = new Zipf(fleet.Rules.Count);
        int[] shuffled = [.. Enumerable.Range(0, fleet.Rules.Count)];
        random.Shuffle(shuffled);
        for (var i = 0; i < Count; i++)
        {
            var kind = kindOf();
            var host = shuffled[zipf.Next(random)];
            var first = host - (host % Fleet.WildcardEvery);
            host = kind == Kind.Wildcard ? first + Fleet.WildcardEvery - 1
                : Fleet.IsWildcard(host) ? first + random.Next(Fleet.WildcardEvery - 1) : host;
            var rule = fleet.Rules[host];
            var path = rule.Paths![random.Next(rule.Paths.Count)];
            var name = rule.Host!.Replace("*.", string.Create(CultureInfo.InvariantCulture, $"any-{random.Next(1000)}."), StringComparison.Ordinal);
            requests.Hosts[i] = kind == Kind.Miss ? "not-" + name : string.Concat(name, "");
            requests.Targets[i] = string.Concat(path.Path, Rest(path, random));
            requests.Keys[i] = kind == Kind.Miss ? requests.Hosts[i] + path.Path : KeyOf(rule.Host, path);
        }

        for (var i = 0; i < Count; i++)
        {
            requests.Hosts[i] = new string(requests.Hosts[i].AsSpan());
            requests.Targets[i] = new string(requests.Targets[i].AsSpan());
        }

        return requests;
    }

    // Half of the requests for a Prefix path ask for something below it; every fifth has a query.
    private static string Rest(IngressPath path, Random random)
    {
        var rest = path.PathType == PathTypes.Prefix && random.Next(2) == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{(path.Path == "/" ? "" : "/")}{random.Next(100_000)}")
            : "";
        return random.Next(5) == 0 ? rest + "?page=2" : rest;
    }

    /// <summary>Kinds of hosts.</summary>
    public enum Kind
    {
        Exact,
        Wildcard,
        Miss,
    }

    // Host number n is asked for 1/n times as often as the first.
    private sealed class Zipf
    {
        private readonly double[] _sums;

        public Zipf(int count)
        {
            _sums = new double[count];
            var sum = 0.0;
            for (var i = 0; i < count; i++)
            {
                _sums[i] = sum += 1.0 / (i + 1);
            }
        }

        public int Next(Random random)
        {
            var index = Array.BinarySearch(_sums, random.NextDouble() * _sums[^1]);
            return index < 0 ? Math.Min(~index, _sums.Length - 1) : index;
        }
    }
}

using Ingress.Routing.Matching;

namespace Ingress.Routing.Tests.Matching;

/// <summary>Lists, indexes and long paths against a search that compares every rule, on paths around every length that matters.</summary>
public sealed class PathTableTests
{
    private const int Rounds = 400;

    private static readonly TextHash s_hash = TextHash.OfProcess;

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(60)]
    public void Find_RandomPaths_AgreesWithComparingAll(int most)
    {
        var random = new Random(20_251_202 + most);
        for (var round = 0; round < Rounds; round++)
        {
            var paths = Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => RandomRule(random)).DistinctBy(Meaning).ToList();
            var bucket = Buckets.Of("x", paths, null);
            var cells = bucket.ToCells(HostName.Exact("h.test"), s_hash);

            foreach (var path in paths.SelectMany(path => Variants(path.TrimStart('='), random)))
            {
                Assert.Same(Reference(bucket.Routes, path), PathTable.Find(cells, path, s_hash));
            }
        }
    }

    [Fact]
    public void Find_ThousandsOfNestedPrefixes_FindsTheLongest()
    {
        var bucket = Buckets.Of("x", Enumerable.Range(1, 3_000).Select(depth => string.Concat(Enumerable.Repeat("/a", depth))), null);
        var cells = bucket.ToCells(HostName.None, s_hash);

        foreach (var depth in new[] { 1, 15, 16, 17, 500, 2_999, 3_000, 4_000 })
        {
            var path = string.Concat(Enumerable.Repeat("/a", depth));
            Assert.Equal(2 * Math.Min(depth, 3_000), PathTable.Find(cells, path, s_hash)!.Path!.Length);
            Assert.Equal(2 * Math.Min(depth, 3_000), PathTable.Find(cells, path + "/b", s_hash)!.Path!.Length);
            Assert.Equal(depth > 1 ? 2 * Math.Min(depth - 1, 3_000) : null, PathTable.Find(cells, path + "b", s_hash)?.Path!.Length);
        }
    }

    private static IngressRoute? Reference(IReadOnlyList<IngressRoute> byPrecedence, string path)
        => byPrecedence.FirstOrDefault(route => route.PathType == PathType.Exact
            ? route.Path == path
            : (path + "/").StartsWith(PathTable.PrefixKey(route.Path!) + "/", StringComparison.Ordinal));

    // At most one Exact for each path, and one Prefix for each meaning.
    private static string Meaning(string rule) => rule.StartsWith('=') ? rule : PathTable.PrefixKey(rule);

    // Mostly short elements of few letters, so that rules are prefixes of one another, some of them around the length of a block.
    private static string RandomRule(Random random)
    {
        var path = random.Next(8) == 0
            ? "/" + new string('a', random.Next(27, 36)) + (random.Next(2) == 0 ? "/b" : "")
            : string.Concat(Enumerable.Range(0, random.Next(0, random.Next(4) == 0 ? 40 : 6)).Select(_ => "/" + "ab%"[random.Next(3)]));
        path = path.Length == 0 || random.Next(4) == 0 ? path + "/" : path;
        return random.Next(3) == 0 ? "=" + path : path;
    }

    private static IEnumerable<string> Variants(string path, Random random)
        => [path, path + "/", path + "/a", path + "b", path + "//", path[..^1] + "/", "/" + path[..random.Next(path.Length)], path + path];
}

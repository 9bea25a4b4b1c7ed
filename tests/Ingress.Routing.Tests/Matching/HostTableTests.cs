using Ingress.Routing.Matching;

namespace Ingress.Routing.Tests.Matching;

public sealed class HostTableTests
{
    private const int Rounds = 60;

    // Lengths around every multiple of the block, and names that share beginnings and ends.
    private static readonly string[] s_hosts =
    [
        .. Enumerable.Range(1, 253).Select(static length => new string('a', length)),
        .. Enumerable.Range(1, 40).Select(static i => $"app-{i}.team-{i / 7}.example.test"),
        .. Enumerable.Range(1, 40).Select(static i => $"*.app-{i}.team-{i / 7}.example.test"),
        .. Enumerable.Range(30, 6).Select(static length => "*." + new string('b', length)),
        .. Enumerable.Range(0, 1500).Select(static i => $"h{i}.test"),
    ];

    [Fact]
    public void With_RandomChanges_EqualsBulkBuild()
    {
        var random = new Random(20_251_201);
        var expected = new Dictionary<string, HostBucket>();
        var table = HostTable<HostBucket>.Empty;

        for (var round = 0; round < Rounds; round++)
        {
            // Grows to all hosts, then shrinks to none, by a few or many at a time.
            var isGrowing = round < Rounds / 2;
            var changes = random.GetItems(s_hosts, random.Next(1, round % 4 == 0 ? 600 : 20)).Distinct()
                .Select(host => KeyValuePair.Create(host, random.Next(10) < (isGrowing ? 9 : 1) ? Buckets.Of($"{round}/{host}", "/") : null))
                .ToList();
            var before = Answers(table);
            var next = table.With(changes);

            Assert.Equal(before, Answers(table)); // the table before stays as it is
            table = next;
            foreach (var (host, bucket) in changes)
            {
                expected.Remove(host);
                if (bucket is not null)
                {
                    expected.Add(host, bucket);
                }
            }

            Assert.Equal(expected.Count, table.Count);
            Assert.Equal(Answers(new HostTable<HostBucket>(expected)), Answers(table));
            Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), table.Hosts().Select(host => host.Key).Order(StringComparer.Ordinal));
            Assert.Equal(expected.Keys.Any(HostName.IsWildcard), table.HasWildcards);
        }
    }

    [Fact]
    public void With_EverythingRemoved_IsAsSmallAsAnEmptyTable()
    {
        var table = new HostTable<HostBucket>(s_hosts.Select(host => KeyValuePair.Create(host, Buckets.Of(host, "/"))));
        Assert.True(table.Pages().Count > 1);

        foreach (var chunk in s_hosts.Chunk(7))
        {
            table = table.With([.. chunk.Select(host => KeyValuePair.Create<string, HostBucket?>(host, null))]);
        }

        Assert.Equal(0, table.Count);
        Assert.Single(table.Pages());
    }

    [Fact]
    public void With_OneHost_SharesAllOtherPages()
    {
        var table = new HostTable<HostBucket>(s_hosts.Select(host => KeyValuePair.Create(host, Buckets.Of(host, "/"))));

        var changed = table.With([KeyValuePair.Create<string, HostBucket?>("h77.test", Buckets.Of("new", "/x"))]);

        var shared = changed.Pages().Intersect(table.Pages(), ReferenceEqualityComparer.Instance).Count();
        Assert.True(table.Pages().Count > 2);
        Assert.Equal(table.Pages().Count - 1, shared);
        Assert.Equal("new", changed.Get("h77.test")!.Routes[0].Source.Name.Name);
        Assert.Equal("h77.test", table.Get("h77.test")!.Routes[0].Source.Name.Name);
    }

    [Theory]
    [InlineData("*.h.test", "h.test")]
    [InlineData("h.test", "*.h.test")]
    public void Get_ExactAndWildcardOfTheSameText_AreTwoHosts(string kept, string asked)
    {
        var table = new HostTable<HostBucket>([KeyValuePair.Create(kept, Buckets.Of("x", "/"))]);

        Assert.NotNull(table.Get(kept));
        Assert.Null(table.Get(asked));
        Assert.Null(table.Get("." + kept));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(400)]
    public void Get_Bucket_HasRoutesInOrderAndDefault(int paths)
    {
        var bucket = Buckets.Of("x", [.. Enumerable.Range(0, paths).Select(i => $"/p{i:d4}" + (i % 5 == 0 ? new string('l', 40) : ""))], "default");
        var table = new HostTable<HostBucket>([KeyValuePair.Create("h.test", bucket)]);

        var found = table.Get("h.test")!;

        Assert.Equal(bucket.Routes.Count, found.Routes.Count);
        Assert.Equal(bucket.Routes.Select(route => route.Path), found.Routes.Select(route => route.Path));
        Assert.Same(bucket.DefaultBackend, found.DefaultBackend);
    }

    private static List<string> Answers(HostTable<HostBucket> table)
        => [.. s_hosts.Select(host => $"{host} {table.Get(host)?.Routes[0].Id}")];
}

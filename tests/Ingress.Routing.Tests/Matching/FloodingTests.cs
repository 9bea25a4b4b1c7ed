using Ingress.Routing.Matching;

namespace Ingress.Routing.Tests.Matching;

/// <summary>Hosts that were chosen to collide (trap 30): the key of the hash is secret, and chains stay short even for whoever knows it.</summary>
public sealed class FloodingTests
{
    private const int Hosts = 600;

    private static readonly TextHash s_known = new([1, 2, 3, 4, 5, 6, 7, 8]);
    private static readonly TextHash s_other = new([11, 12, 13, 14, 15, 16, 17, 18]);

    // All begin in the same place of the same page: one of 512 places of one of 8 pages.
    private static readonly string[] s_colliding = [.. Colliding(s_known)];

    [Fact]
    public void Key_IsRandom()
    {
        Assert.NotEqual(HashOfOne(TextHash.Draw()), HashOfOne(TextHash.Draw()));
        Assert.NotEqual(HashOfOne(TextHash.OfProcess), HashOfOne(s_known));
        Assert.Equal(HashOfOne(TextHash.OfProcess), HashOfOne(TextHash.OfProcess));
    }

    [Fact]
    public void CollidingHosts_UnderAnotherKey_SpreadOut()
    {
        var places = s_colliding.Select(host => Place(host, s_other)).Distinct().Count();

        Assert.Single(s_colliding.Select(host => Place(host, s_known)).Distinct());
        Assert.True(places > Hosts / 2, $"{places} places");
    }

    [Fact]
    public void CollidingHosts_UnderTheKnownKey_AreKeptInShortChains()
    {
        var entries = s_colliding.Select(host => KeyValuePair.Create(host, Buckets.Of(host, "/"))).ToList();
        var bulk = new HostTable<HostBucket>(entries, s_known);
        var grown = new HostTable<HostBucket>([], s_known);
        foreach (var (host, bucket) in entries)
        {
            grown = grown.With([KeyValuePair.Create<string, HostBucket?>(host, bucket)]);
        }

        foreach (var table in new[] { bulk, grown })
        {
            Assert.All(s_colliding, host => Assert.Equal(host, table.Get(host)?.Routes[0].Source.Name.Name));
            Assert.InRange(table.Pages().Max(LongestChain), 1, HostPages.LongestChain);
        }
    }

    [Fact]
    public void Fill_HostsThatShareAllLeadingBits_GivesUp()
    {
        var slots = Enumerable.Range(0, HostPages.MostHosts + 1).Select(i => new HostSlot((ulong)i << 16, [])).ToArray();

        Assert.False(HostPages.TryFill(slots, 0, []));
    }

    // Without a key the product of four characters and the nothing after them is zero: all hosts of four characters collide.
    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public void Table_WithAKeyThatFails_DrawsAnother(int hostsBefore)
    {
        var hosts = Enumerable.Range(1_000, 600).Select(i => KeyValuePair.Create($"{i}", Buckets.Of($"{i}", "/"))).ToList();
        Assert.Single(hosts.Select(host => HostName.Exact(host.Key).HashBy(default)).Distinct());
        var table = new HostTable<HostBucket>(hosts.Take(hostsBefore), default(TextHash));

        table = table.With([.. hosts.Select(host => KeyValuePair.Create<string, HostBucket?>(host.Key, host.Value))]);

        Assert.Equal(hosts.Count, table.Count);
        Assert.All(hosts, host => Assert.Equal(host.Key, table.Get(host.Key)?.Routes[0].Source.Name.Name));
        Assert.InRange(table.Pages().Max(LongestChain), 1, HostPages.LongestChain);
    }

    private static ulong HashOfOne(TextHash hash) => HostName.Exact("h.test").HashBy(hash);

    private static (ulong Page, int Position) Place(string host, TextHash hash)
    {
        var name = HostName.Exact(host);
        var key = HostSlot.KeyOf(name.HashBy(hash), name.Mark);
        return (key >> 61, HostSlot.Position(key) & (HostPages.PageSize - 1));
    }

    private static IEnumerable<string> Colliding(TextHash hash)
    {
        var target = Place("h0.test", hash);
        return Enumerable.Range(0, int.MaxValue).Select(i => $"h{i}.test").Where(host => Place(host, hash) == target).Take(Hosts);
    }

    // The places from where a host belongs to where it is.
    private static int LongestChain(HostSlot[] page)
        => page.Select((slot, index) => slot.Cells is null ? 0 : ((index - HostSlot.Position(slot.Key)) & (page.Length - 1)) + 1).Max();
}

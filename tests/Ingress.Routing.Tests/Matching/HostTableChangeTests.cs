using System.Globalization;
using Ingress.Routing.Matching;

namespace Ingress.Routing.Tests.Matching;

/// <summary>A host table that was changed again and again finds what one that was made at once finds.</summary>
public sealed class HostTableChangeTests
{
    // Few names in small tables, so that pages are filled, split and joined again; many in large ones, so that there are several pages.
    [Theory]
    [InlineData(1, 12, 4_000)]
    [InlineData(2, 400, 3_000)]
    [InlineData(3, 5_000, 6_000)]
    public void With_AnySequenceOfChanges_FindsWhatIsThere(int seed, int names, int changes)
    {
        var random = new Random(seed);
        var expected = new Dictionary<string, HostBucket>(StringComparer.Ordinal);
        var table = HostTable<HostBucket>.Empty;
        for (var i = 0; i < changes; i++)
        {
            // Grows to nearly all names, then shrinks to nearly none.
            var isGrowing = i < changes / 2;
            var edits = new Dictionary<string, HostBucket?>(StringComparer.Ordinal);
            for (var count = random.Next(20) == 0 ? random.Next(2, 60) : 1; count > 0; count--)
            {
                edits[Name(random.Next(names))] = random.Next(4) == 0 == isGrowing ? null : new HostBucket([], HostScope.None);
            }

            var before = table;
            table = table.With([.. edits]);
            foreach (var (host, entry) in edits)
            {
                Assert.Equal(expected.ContainsKey(host), before.Get(host) is not null);
                expected.Remove(host);
                if (entry is not null)
                {
                    expected.Add(host, entry);
                }
            }

            Assert.Equal(expected.Count, table.Count);
            var name = Name(random.Next(names));
            Assert.Equal(expected.ContainsKey(name), table.Get(name) is not null);
        }

        for (var i = 0; i < names; i++)
        {
            Assert.Equal(expected.ContainsKey(Name(i)), table.Get(Name(i)) is not null);
        }

        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), table.Hosts().Select(host => host.Key).Order(StringComparer.Ordinal));
    }

    private static string Name(int index)
        => string.Create(CultureInfo.InvariantCulture, $"{(index % 5 == 0 ? "*." : "")}h{index}.{(index % 7 == 0 ? new string('x', 40) : "a")}.test");
}

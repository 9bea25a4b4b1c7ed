using System.Net;
using Ingress.Routing.Policies;
using Microsoft.Extensions.Time.Testing;

namespace Ingress.Routing.AspNetCore.Tests.Policies;

public sealed class TokenBucketsTests
{
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(1_000_000, 1)]
    [InlineData(7, 3)]
    [InlineData(600, 1)]
    public void Rate_HoldsOverAMinute(int requests, int burst)
    {
        var buckets = Of(requests, TimeSpan.FromMinutes(1), burst);
        var served = 0;
        for (var i = 0; i < 60_000; i++)
        {
            served += buckets.TryTake(1, out _) ? 1 : 0;
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.InRange(served, Math.Min(requests, 60_000), Math.Min(requests + burst, 60_000));
    }

    [Fact]
    public void Wait_IsExactlyAsLongAsItTakes()
    {
        var buckets = Of(3, TimeSpan.FromSeconds(1), 2);
        buckets.TryTake(1, out _);
        buckets.TryTake(1, out _);
        Assert.False(buckets.TryTake(1, out var wait));

        _time.Advance(wait - TimeSpan.FromTicks(1));
        Assert.False(buckets.TryTake(1, out _));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.True(buckets.TryTake(1, out _));
    }

    // A request that one window refuses takes nothing from the other.
    [Fact]
    public void Windows_EachHasToHaveRoom_AndRefusalsTakeNothing()
    {
        var buckets = new TokenBuckets(new RateLimit { Windows = [new(1, TimeSpan.FromSeconds(1), 2), new(6, TimeSpan.FromMinutes(1), 3)] }, _time);

        Assert.Equal([true, true, false], Take(buckets, 3)); // the first window is empty, the second has one left
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([true, false, false], Take(buckets, 3)); // now both are
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal([false], Take(buckets, 1)); // the first has two again, and the second had nothing taken since
        _time.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal([true, false], Take(buckets, 2));
    }

    [Fact]
    public void Clients_ThatAreGone_AreForgotten()
    {
        var buckets = Of(1, TimeSpan.FromSeconds(1), 1);
        for (var i = 0; i < 100; i++)
        {
            for (var client = 0; client < 1000; client++)
            {
                buckets.TryTake((UInt128)((i * 1000) + client), out _);
            }

            _time.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.InRange(buckets.Count, 1, 3000);
        Assert.True(buckets.IsIdle);
    }

    // An attacker with many addresses takes no more memory, and is limited like one client; those who were there before are not harmed.
    [Fact]
    public void Clients_BeyondTheBound_ShareOneBucket()
    {
        var buckets = Of(1, TimeSpan.FromMinutes(1), 2);
        for (var client = 0; client < TokenBuckets.Capacity; client++)
        {
            Assert.True(buckets.TryTake((UInt128)client, out _));
        }

        var served = Enumerable.Range(TokenBuckets.Capacity, 100_000).Count(client => buckets.TryTake((UInt128)client, out _));

        Assert.Equal((TokenBuckets.Capacity, 2), (buckets.Count, served));
        Assert.True(buckets.TryTake(5, out _));
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.True(buckets.TryTake(UInt128.MaxValue, out _));
        Assert.Equal(1, buckets.Count);
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("2001:db8::1", "2001:db8::ffff:1", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    [InlineData("::192.0.2.1", "192.0.2.1", false)]
    [InlineData("::", "0.0.0.0", false)]
    [InlineData("0.0.0.1", "::1", false)]
    public void Addresses_OfOneIPv6Network_AreOneClient(string first, string second, bool isSame)
        => Assert.Equal(isSame, KeyOf(first) == KeyOf(second));

    [Fact]
    public void Limiters_ThatAreIdleAndUnused_AreForgotten()
    {
        var store = new LimiterStore<int, object>(static _ => new(), static _ => true);
        for (var limit = 0; limit < 10_000; limit++)
        {
            store.Get(null, limit);
            if (limit % 1000 == 0)
            {
                GC.Collect();
            }
        }

        Assert.InRange(store.Count, 1, 9000);
    }

    private static List<bool> Take(TokenBuckets buckets, int times) => [.. Enumerable.Range(0, times).Select(_ => buckets.TryTake(1, out var _))];

    private TokenBuckets Of(int requests, TimeSpan period, int burst)
        => new(new RateLimit { Windows = [new(requests, period, burst)] }, _time);

    private static UInt128 KeyOf(string address)
        => ClientKey.Of(new PolicyRequest(default, "h") { ClientAddress = IPAddress.Parse(address) }, LimitKey.ClientAddress);
}

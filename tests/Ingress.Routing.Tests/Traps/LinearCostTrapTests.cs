using System.Diagnostics;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Traps;

/// <summary>Trap 30: the cost of a request is linear in its size and does not grow with the table.</summary>
/// <remarks>
/// Ratios, not times, and the best of several runs, so that a slow or busy machine changes nothing. A request 10 and 100 times as long
/// may cost 50 and 1,000 times as much: far above linear, and far below the 100 and 10,000 times of quadratic work.
/// </remarks>
[Collection(nameof(Measurements))]
public sealed class LinearCostTrapTests
{
    private static readonly IngressRouteTable s_table = RouteTableAnswers.TableOf(
        Some.Ingress(
            "named", [Some.Rule("*.h.test", Some.Prefix("/a/a/a"), Some.Prefix("/" + string.Join('/', Enumerable.Repeat("a", 500))))]),
        Some.Ingress("hostless", [Some.Rule(null, Some.Prefix("/"))]));

    [Theory]
    [InlineData("/a")]
    [InlineData("/../a")]
    [InlineData("/a/..")]
    [InlineData("/.")]
    [InlineData("//")]
    [InlineData("/a//..")]
    [InlineData("%61")]
    [InlineData("/%2e%2e")]
    [InlineData("%2F..")]
    [InlineData("%C3%A9")]
    [InlineData("[")]
    [InlineData("?/")]
    [InlineData("a")]
    public void Trap30_Target_CostsAreLinearInItsLength(string unit)
        => AssertLinear(count => "/" + string.Concat(Enumerable.Repeat(unit, count)), target => s_table.Match("a.h.test", target));

    [Theory]
    [InlineData("a.")]
    [InlineData("A.")]
    [InlineData("aa")]
    [InlineData("1.")]
    [InlineData("a..")]
    public void Trap30_Host_CostsAreLinearInItsLength(string unit)
        => AssertLinear(count => string.Concat(Enumerable.Repeat(unit, count)) + "h.test", host => s_table.Match(host, "/"));

    [Theory]
    [InlineData("a.")]
    [InlineData("1.")]
    [InlineData("aa")]
    public void Trap30_ServerName_CostsAreLinearInItsLength(string unit)
        => AssertLinear(count => string.Concat(Enumerable.Repeat(unit, count)) + "h.test", name => s_table.FindCertificate(name));

    [Fact]
    public void Trap30_Hosts_TheirNumberDoesNotMatter()
    {
        var few = Hosts(10);
        var many = Hosts(10_000);

        AssertRatio(30, Cost(() => few.Match("h5.test", "/x")), Cost(() => many.Match("h5005.test", "/x")), "1,000 times the hosts");
        AssertRatio(
            30, Cost(() => few.Match("x.w5.test", "/x")), Cost(() => many.Match("x.w5005.test", "/x")), "1,000 times the wildcard hosts");

        static IngressRouteTable Hosts(int count) => RouteTableAnswers.TableOf([.. Enumerable.Range(0, count)
            .Select(i => Some.Ingress($"i{i}", [Some.Rule($"h{i}.test", Some.Prefix("/")), Some.Rule($"*.w{i}.test", Some.Prefix("/"))]))]);
    }

    [Fact]
    public void Trap30_Paths_TheirNumberDoesNotMatter()
    {
        var few = Paths(10);
        var many = Paths(10_000);

        AssertRatio(
            30, Cost(() => few.Match("h.test", "/p5/x/y")), Cost(() => many.Match("h.test", "/p5005/x/y")), "1,000 times the paths");
        AssertRatio(
            30, Cost(() => few.Match("h.test", "/miss")), Cost(() => many.Match("h.test", "/miss")), "1,000 times the paths that miss");

        static IngressRouteTable Paths(int count)
            => RouteTableAnswers.TableOf(
                Some.Ingress("i", [Some.Rule("h.test", [.. Enumerable.Range(0, count).Select(i => Some.Prefix($"/p{i}/x"))])]));
    }

    private static void AssertLinear(Func<int, string> text, Action<string> action)
    {
        const int Length = 1_000;
        string one = text(Length), ten = text(10 * Length), hundred = text(100 * Length);
        var cost = Cost(() => action(one));

        AssertRatio(50, cost, Cost(() => action(ten)), "10 times the length");
        AssertRatio(1_000, cost, Cost(() => action(hundred)), "100 times the length");
    }

    private static void AssertRatio(double limit, double small, double large, string what)
        => Assert.True(large < limit * small, $"{what} cost {large / small:F1} times as much ({small:F0} ns, then {large:F0} ns)");

    // Nanoseconds for one call, the best of seven runs of at least a millisecond each.
    private static double Cost(Action action)
    {
        var rounds = 1;
        var best = double.MaxValue;
        for (var run = 0; run < 7; run++)
        {
            var elapsed = Time(action, rounds);
            while (elapsed < TimeSpan.FromMilliseconds(1))
            {
                rounds *= 2;
                elapsed = Time(action, rounds);
            }

            best = Math.Min(best, elapsed.TotalNanoseconds / rounds);
        }

        return best;
    }

    private static TimeSpan Time(Action action, int rounds)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < rounds; i++)
        {
            action();
        }

        return Stopwatch.GetElapsedTime(start);
    }
}

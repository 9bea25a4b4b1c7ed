using FsCheck.Xunit;
using Ingress.Routing.Comparison;
using Ingress.Routing.Tests.Properties;

namespace Ingress.Routing.Tests.Comparison;

/// <summary>Every difference is real, none is missing, and what makes no difference to a request makes none here.</summary>
public sealed class RouteComparisonPropertyTests
{
    private const int Tests = 2_000;

    [Property(Arbitrary = [typeof(ComparisonArbitraries)], MaxTest = Tests, QuietOnSuccess = true)]
    public void Compare_EveryDifference_IsShownByItsWitness(ComparisonCase value)
    {
        var comparison = value.Compare();

        foreach (var difference in comparison.Hosts.SelectMany(host => host.Routes))
        {
            var (host, target) = (difference.Witness.Host, difference.Witness.Target);
            Assert.Equal(difference.Before.ToString(), RequestAnswer.Of(comparison.Before, host, target).ToString());
            Assert.Equal(difference.After.ToString(), RequestAnswer.Of(comparison.After, host, target).ToString());
            Assert.NotEqual(difference.Before.ToString(), difference.After.ToString());
            Assert.True(difference.Contains(host, target), $"{difference}");
        }
    }

    // Both ways at once: what a difference holds is answered as it says, and what differs is held by exactly one.
    [Property(Arbitrary = [typeof(ComparisonArbitraries)], MaxTest = Tests, QuietOnSuccess = true)]
    public void Compare_EveryRequest_IsInADifferenceExactlyWhenItDiffers(ComparisonCase value)
    {
        var comparison = value.Compare();

        Assert.All(value.Requests, request => AssertTold(comparison, request, value));
    }

    // The requests of a case are few. These reach into every corner of both tables.
    [Property(Arbitrary = [typeof(ComparisonArbitraries)], MaxTest = 300, QuietOnSuccess = true)]
    public void Compare_EveryRequestNearARule_IsInADifferenceExactlyWhenItDiffers(ComparisonCase value)
    {
        var comparison = value.Compare();
        string[] hosts = ["", "b", "a.b", "x.a.b", "c.a.b", "y.b", "z.a.b", "z.x.a.b", "other", "127.0.0.1", "1.0.0.1", "[::1]"];
        var paths = comparison.Before.Routes.Concat(comparison.After.Routes).Select(route => route.Path).OfType<string>().Append("/")
            .SelectMany(path => new[] { path, path + "/", path + "/zz", path + "zz", path.TrimEnd('/') })
            .Where(path => path.StartsWith('/')).Distinct();

        foreach (var path in paths)
        {
            Assert.All(hosts, host => AssertTold(comparison, new(host, path), value));
        }
    }

    [Property(Arbitrary = [typeof(ComparisonArbitraries)], MaxTest = Tests, QuietOnSuccess = true)]
    public void Compare_TheOtherWayRound_GivesTheSameWithAnswersExchanged(ComparisonCase value)
    {
        var there = value.Compare();
        var back = RouteTableComparison.Compare(there.After, there.Before);

        Assert.Equal(
            there.Hosts.SelectMany(host => host.Routes).Select(route => (Of(route), $"{route.Before}", $"{route.After}")),
            back.Hosts.SelectMany(host => host.Routes).Select(route => (Of(route), $"{route.After}", $"{route.Before}")));

        static string Of(RouteDifference route)
            => $"{string.Join(' ', route.Hosts)}: {string.Join(' ', route.Paths.Ranges)} {route.Witness}";
    }

    [Property(Arbitrary = [typeof(RoutingArbitraries)], MaxTest = 1_000, QuietOnSuccess = true)]
    public void Compare_ObjectsInAnotherOrder_GivesNoDifference(RoutingCase value, int seed)
    {
        var random = new Random(seed);
        var shuffled = value.Snapshot with { Ingresses = [.. value.Snapshot.Ingresses.OrderBy(_ => random.Next())] };

        AssertNoDifference(value, value with { Snapshot = shuffled });
    }

    // Cut as in CompileInvarianceTests, where it says why the halves stand where the whole stood.
    [Property(Arbitrary = [typeof(RoutingArbitraries)], MaxTest = 1_000, QuietOnSuccess = true)]
    public void Compare_EveryIngressCutInTwo_GivesNoDifference(RoutingCase value)
    {
        var halves = value.Snapshot.Ingresses.SelectMany(ingress => ingress.Rules.Count < 2
            ? new[] { ingress }
            :
            [
                ingress with { Rules = [.. ingress.Rules.Take(1)] },
                ingress with { Rules = [.. ingress.Rules.Skip(1)], Metadata = ingress.Metadata with { Name = ingress.Metadata.Name + "-0" } },
            ]);

        AssertNoDifference(value, value with { Snapshot = value.Snapshot with { Ingresses = [.. halves] } });
    }

    private static void AssertTold(RouteTableComparison comparison, RequestLine request, ComparisonCase value)
    {
        var before = RequestAnswer.Of(comparison.Before, request.Host, request.Target);
        var after = RequestAnswer.Of(comparison.After, request.Host, request.Target);
        var holding = comparison.Hosts.SelectMany(host => host.Routes).Where(route => route.Contains(request.Host, request.Target)).ToList();

        var expected = before.IsSameAs(after) ? "" : $"{before} -> {after}";
        Assert.True(
            expected == string.Join(" and ", holding.Select(route => $"{route.Before} -> {route.After}")),
            $"{request}: {expected}\nin: {string.Join("\n    ", holding)}\nall: {string.Join("\n    ", comparison.Hosts.SelectMany(host => host.Routes))}\n{value}");
        Assert.Equal(
            holding.Count > 0,
            comparison.Hosts.Any(host => host.Routes[0].Hosts.Any(region => region.Contains(HostOf(request)))
                && before.Status != IngressMatchStatus.BadRequest
                && host.Paths.Contains(comparison.Before.Match(request.Host, request.Target).Path.ToString())));
    }

    private static string HostOf(RequestLine request)
        => request.Target.StartsWith("http://", StringComparison.Ordinal) ? request.Target["http://".Length..].Split('/', '?')[0] : request.Host;

    private static void AssertNoDifference(RoutingCase before, RoutingCase after)
        => Assert.False(new ComparisonCase(before, after).Compare().HasDifferences);
}

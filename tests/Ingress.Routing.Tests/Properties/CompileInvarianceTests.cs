using FsCheck.Xunit;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Properties;

/// <summary>Changes to the input that must not change the answers.</summary>
public sealed class CompileInvarianceTests
{
    [Property(Arbitrary = [typeof(RoutingArbitraries)], MaxTest = 2_000, QuietOnSuccess = true)]
    public void Compile_ObjectsInAnotherOrder_GivesTheSameTable(RoutingCase value, int seed)
    {
        var random = new Random(seed);
        var shuffled = value.Snapshot with
        {
            Ingresses = [.. value.Snapshot.Ingresses.OrderBy(_ => random.Next())],
            IngressClasses = [.. value.Snapshot.IngressClasses.OrderBy(_ => random.Next())],
        };

        var table = value.Compile();
        var other = IngressRouteTable.Compile(shuffled, value.Options);

        Assert.Equal(table.Routes.Select(route => route.Id), other.Routes.Select(route => route.Id));
        Assert.Equal(table.Diagnostics.Select(d => d.ToString()), other.Diagnostics.Select(d => d.ToString()));
        Assert.Equal(RoutingCase.Answers(table, value.Requests), RoutingCase.Answers(other, value.Requests));
    }

    // The second half has the same creation time and the name of the first with "-0" behind it. No other name of a case lies between
    // the two in age order (D6a), so the halves stand where the whole stood. Both keep class and default backend; neither is without rules.
    [Property(Arbitrary = [typeof(RoutingArbitraries)], MaxTest = 2_000, QuietOnSuccess = true)]
    public void Compile_OneIngressCutInTwo_GivesTheSameAnswers(RoutingCase value, int choice)
    {
        var divisible = value.Snapshot.Ingresses.Where(ingress => ingress.Rules.Count >= 2).ToList();
        if (divisible.Count == 0)
        {
            return;
        }

        var whole = divisible[(int)((uint)choice % divisible.Count)];
        var at = 1 + (int)((uint)choice % (whole.Rules.Count - 1));
        var halves = value.Snapshot with
        {
            Ingresses =
            [
                .. value.Snapshot.Ingresses.Where(ingress => !ReferenceEquals(ingress, whole)),
                whole with { Rules = [.. whole.Rules.Take(at)] },
                whole with { Rules = [.. whole.Rules.Skip(at)], Metadata = whole.Metadata with { Name = whole.Metadata.Name + "-0" } },
            ],
        };

        Assert.Equal(
            RoutingCase.Answers(value.Compile(), value.Requests),
            RoutingCase.Answers(IngressRouteTable.Compile(halves, value.Options), value.Requests));
    }

    // Unrelated: its only host is nobody else's and covers no request, and it has no default backend.
    [Property(Arbitrary = [typeof(RoutingArbitraries)], MaxTest = 2_000, QuietOnSuccess = true)]
    public void Compile_UnrelatedIngressAdded_GivesTheSameAnswers(RoutingCase value, bool oldest)
        => AssertNothingChanges(
            value, Some.Ingress("a/unrelated", [Some.Rule("unrelated.test", Some.Prefix("/"))], ageSeconds: oldest ? -1 : 9));

    // D4: the older claim to everything counts for nothing, because one path of it is malformed.
    [Property(Arbitrary = [typeof(RoutingArbitraries)], MaxTest = 2_000, QuietOnSuccess = true)]
    public void Compile_InvalidIngressAdded_GivesTheSameAnswers(RoutingCase value)
    {
        string[] hosts = ["", "b", "a.b", "*.b", "*.a.b"];
        AssertNothingChanges(value, Some.Ingress(
            "a/invalid",
            [.. hosts.Select(host => Some.Rule(host, Some.Exact("/a"), Some.Prefix("/"))), Some.Rule("b", Some.Prefix("no-slash"))],
            Some.Backend("invalid"),
            className: "ours",
            ageSeconds: -1));
    }

    private static void AssertNothingChanges(RoutingCase value, IngressResource added)
    {
        var more = value.Snapshot with { Ingresses = [added, .. value.Snapshot.Ingresses] };

        Assert.Equal(
            RoutingCase.Answers(value.Compile(), value.Requests),
            RoutingCase.Answers(IngressRouteTable.Compile(more, value.Options), value.Requests));
    }
}

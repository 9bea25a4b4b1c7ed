using FsCheck;
using FsCheck.Fluent;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Properties;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Comparison;

/// <summary>Pairs of random clusters: mostly one and the same with a few changes, as between two commits, and sometimes unrelated ones.</summary>
public static class ComparisonArbitraries
{
    private static readonly Arbitrary<RoutingCase> s_cluster = RoutingArbitraries.RoutingCase();

    private static readonly Gen<ComparisonCase> s_case =
        from before in s_cluster.Generator
        from other in s_cluster.Generator
        from kind in Gen.Choose(0, 5)
        from choice in Gen.Choose(0, 999)
        select new ComparisonCase(before, ReadingPathsAlike(Change(before, other, kind, choice), before.Options));

    public static Arbitrary<ComparisonCase> ComparisonCase() => Arb.From(s_case, Shrink);

    private static RoutingCase Change(RoutingCase before, RoutingCase other, int kind, int choice)
    {
        var ingresses = before.Snapshot.Ingresses;
        if (kind == 0 || ingresses.Count == 0)
        {
            return other;
        }

        var index = choice % ingresses.Count;
        var added = other.Snapshot.Ingresses.Where(ingress => ingresses.All(existing => existing.Name != ingress.Name)).Take(1);
        IReadOnlyList<IngressResource> changed = kind switch
        {
            1 => [.. ingresses.Where((_, i) => i != index)],
            2 => [.. ingresses, .. added],
            3 => [.. ingresses.Select((ingress, i) => i == index ? Older(ingress) : ingress)],
            _ => [.. ingresses.Select((ingress, i) => i == index ? WithOtherBackend(ingress, choice) : ingress)],
        };
        return before with { Snapshot = before.Snapshot with { Ingresses = changed }, Requests = other.Requests };
    }

    private static IngressResource Older(IngressResource ingress)
        => ingress with { Metadata = ingress.Metadata with { CreationTimestamp = null } };

    private static IngressResource WithOtherBackend(IngressResource ingress, int choice)
    {
        if (ingress.Rules.Count == 0)
        {
            return ingress with { DefaultBackend = Some.Backend("changed") };
        }

        var changed = choice % ingress.Rules.Count;
        return ingress with { Rules = [.. ingress.Rules.Select((rule, i) => i == changed ? WithOtherBackend(rule, choice) : rule)] };
    }

    private static IngressRule WithOtherBackend(IngressRule rule, int choice) => rule with
    {
        Paths = rule.Paths is { Count: > 0 } paths
            ? [.. paths.Select((path, i) => i == choice % paths.Count ? path with { Backend = Some.Backend("changed") } : path)]
            : rule.Paths,
    };

    private static RoutingCase ReadingPathsAlike(RoutingCase value, RouteTableOptions options) => value with
    {
        Options = value.Options with { KeepSlashes = options.KeepSlashes, RejectEncodedSeparators = options.RejectEncodedSeparators },
    };

    private static IEnumerable<ComparisonCase> Shrink(ComparisonCase value)
        => RoutingCaseShrinker.Shrink(value.Before).Select(smaller => new ComparisonCase(smaller, ReadingPathsAlike(value.After, smaller.Options)))
            .Concat(RoutingCaseShrinker.Shrink(value.After)
                .Select(smaller => value with { After = ReadingPathsAlike(smaller, value.Before.Options) }));
}

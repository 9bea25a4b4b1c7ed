using System.Globalization;
using FsCheck.Xunit;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Conditions;

/// <summary>Conditions, weights and canaries do what the reference says, compiled at once or changed step by step.</summary>
public sealed class ConditionsAgreeWithReferenceTests
{
    // 300 clusters x 360 requests x 6 points.
    [Property(MaxTest = 300, QuietOnSuccess = true)]
    public void Match_AnyClusterAndRequest_AgreesWithReference(int seed)
    {
        var snapshot = new ConditionalCluster(new Random(seed)).Snapshot();

        ConditionalCluster.AssertAgreement(IngressRouteTable.Compile(snapshot), snapshot, $"seed {seed}\n");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Apply_AnySequenceOfChanges_AgreesWithReference(int seed)
    {
        var random = new Random(seed);
        var cluster = new ConditionalCluster(random);
        var snapshot = ClusterSnapshot.Empty;
        var table = IngressRouteTable.Empty;
        for (var step = 0; step < 150; step++)
        {
            var change = random.Next(3) == 0 && snapshot.Ingresses.Count > 0
                ? new ClusterChange { Removed = [snapshot.Ingresses[random.Next(snapshot.Ingresses.Count)].Reference] }
                : new ClusterChange { Upserted = [cluster.Ingress(random.Next(6))] };
            snapshot = snapshot.Apply(change);
            table = table.Apply(change);

            ConditionalCluster.AssertAgreement(table, snapshot, string.Create(CultureInfo.InvariantCulture, $"seed {seed}, step {step}\n"));
        }
    }

    // Every table of up to three Ingresses with one path each: 3 paths x 2 types x 4 conditions = 24; 24 + 24² + 24³ tables x 18 requests.
    [Fact]
    public void Match_EveryTableOfUpToThreeIngresses_AgreesWithReference()
    {
        (string Type, string Path, string? Headers)[] rules =
        [
            .. from path in new[] { "/", "/a", "/a/" }
               from type in new[] { PathTypes.Exact, PathTypes.Prefix }
               from headers in new[] { null, "X-A", "X-A: 1", "X-A: 1\nX-B" }
               select (type, path, headers),
        ];
        ReferenceRequest[] requests = [ReferenceRequest.Get, new("GET", ("X-A", "2")), new("GET", ("X-A", "1"), ("X-B", "2"))];
        string[] targets = ["/", "/a", "/a/", "/a/b", "/b", "/a/b/c"];

        Parallel.ForEach(Enumerable.Range(1, 3).SelectMany(count => Sequences(rules, count)), chosen =>
        {
            var snapshot = Some.Snapshot([.. chosen.Select((rule, i) => Some.Ingress(
                $"i{i}",
                [Some.Rule("a.b", Some.Path(rule.Type, rule.Path))],
                annotations: rule.Headers is null ? null : new Dictionary<string, string> { ["ingress.routing/match-headers"] = rule.Headers }))]);
            var table = IngressRouteTable.Compile(snapshot);
            var reference = new ReferenceMatcher(snapshot);
            foreach (var target in targets)
            {
                foreach (var request in requests)
                {
                    Assert.Equal(reference.MatchCanonical("a.b", target, request), ReferenceOutcome.Of(table.Match("a.b", target, request.ToRequest())));
                }
            }
        });
    }

    private static IEnumerable<T[]> Sequences<T>(T[] items, int length)
        => length == 0 ? [[]] : items.SelectMany(item => Sequences(items, length - 1).Select(rest => (T[])[item, .. rest]));
}

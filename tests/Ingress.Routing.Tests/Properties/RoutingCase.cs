using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Properties;

/// <summary>A random cluster and some requests to it. Its text is what a counter-example shows.</summary>
public sealed record RoutingCase(ClusterSnapshot Snapshot, RouteTableOptions Options, IReadOnlyList<RequestLine> Requests)
{
    public IngressRouteTable Compile() => IngressRouteTable.Compile(Snapshot, Options);

    /// <summary>Fails on the first request that the table answers differently from the reference.</summary>
    internal void AssertAgreement(IngressRouteTable table)
    {
        var reference = new ReferenceMatcher(Snapshot, Options);
        foreach (var request in Requests)
        {
            var expected = reference.Match(request.Host, request.Target);
            var actual = ReferenceOutcome.Of(table.Match(request.Host, request.Target));
            Assert.True(expected == actual, $"{request}\n  the reference says {expected}\n  the table says     {actual}\n{this}");
        }
    }

    /// <summary>The Service that gets each request, which does not depend on how Ingresses are named or cut.</summary>
    internal static IReadOnlyList<string> Answers(IngressRouteTable table, IEnumerable<RequestLine> requests)
        => [.. requests.Select(request => table.Match(request.Host, request.Target))
            .Select(match => $"{match.Status} {match.Route?.Service} {match.Path}")];

    public override string ToString() => ManifestText.Of(Snapshot, Options) + string.Concat(Requests.Select(request => $"  {request}\n"));
}

using Ingress.Routing.Diagnostics;
using Ingress.Routing.Policies;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Policies;

/// <summary>One Ingress with annotations of ours, for host <c>h.test</c>, with one path and a default backend.</summary>
internal sealed class PolicyScenario
{
    private const string Prefix = "ingress.routing/";

    private PolicyScenario(IngressRouteTable table) => Table = table;

    public IngressRouteTable Table { get; }

    public RoutePolicies Policies => Table.Match("h.test", "/a").Route!.Policies;

    public IReadOnlyList<IngressDiagnostic> Findings => [.. Table.Diagnostics.Where(item => item.Id == IngressDiagnosticIds.InvalidAnnotation)];

    public static PolicyScenario Of(params (string Name, string Text)[] annotations) => Under(RouteTableOptions.Default, annotations);

    public static PolicyScenario Under(RouteTableOptions options, params (string Name, string Text)[] annotations)
        => new(IngressRouteTable.Compile(
            Some.Snapshot(Some.Ingress(
                "t/i",
                [Some.Rule("h.test", Some.Prefix("/a"))],
                Some.Backend("web"),
                annotations: annotations.ToDictionary(pair => Prefix + pair.Name, pair => pair.Text))),
            options));

    public PolicyOutcome Ask(string target, string host = "h.test", string scheme = "http")
    {
        var match = Table.Match(host, target);
        return match.Route!.Policies.Evaluate(new PolicyRequest(match, IngressRouteTable.ReadHost(host, target)) { Scheme = scheme });
    }
}

using Ingress.Routing.Comparison;
using Ingress.Routing.Tests.Properties;

namespace Ingress.Routing.Tests.Comparison;

/// <summary>Two random clusters that read paths alike, and some requests to both.</summary>
public sealed record ComparisonCase(RoutingCase Before, RoutingCase After)
{
    public IEnumerable<RequestLine> Requests => Before.Requests.Concat(After.Requests);

    public RouteTableComparison Compare() => RouteTableComparison.Compare(Before.Compile(), After.Compile());

    public override string ToString() => $"before:{Before}after:{After}";
}

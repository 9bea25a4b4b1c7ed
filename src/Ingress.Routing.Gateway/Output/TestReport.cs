using Ingress.Routing.Expectations;

namespace Ingress.Routing.Gateway.Output;

/// <summary>What became of some expectations.</summary>
/// <param name="Table">The table they were checked against.</param>
/// <param name="Results">The results, in the order of the files.</param>
/// <param name="Duration">How long checking took.</param>
internal sealed record TestReport(IngressRouteTable Table, IReadOnlyList<ExpectationResult> Results, TimeSpan Duration)
{
    public int Failed { get; } = Results.Count(static result => !result.IsMet);

    public int Passed => Results.Count - Failed;
}

using Ingress.Routing.Nginx.Migration;

namespace Ingress.Routing.Gateway.Output;

/// <summary>What moving one Ingress means, as data.</summary>
internal sealed record MigratedIngressJson(
    string Ingress,
    string? Location,
    bool Covered,
    IReadOnlyList<string> Working,
    IReadOnlyList<AnnotationNote> WithoutEffect,
    IReadOnlyList<AnnotationNote> Refused,
    IReadOnlyList<AnnotationNote> Errors,
    IReadOnlyList<RequestDifference> Differences,
    IReadOnlyList<AnnotationNote> ClosedTraps)
{
    public static MigratedIngressJson From(MigratedIngress ingress) => new(
        ingress.Name.ToString(),
        ingress.Location,
        ingress.IsCovered,
        ingress.Working,
        ingress.WithoutEffect,
        ingress.Refused,
        ingress.Errors,
        ingress.Differences,
        ingress.ClosedTraps);
}

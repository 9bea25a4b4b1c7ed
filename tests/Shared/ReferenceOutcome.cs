namespace Ingress.Routing.Tests.Shared;

/// <summary>What a request comes to, in terms that the reference and the real table share.</summary>
/// <param name="Ingress"><c>namespace/name</c>; null for the configured default backend and when nothing applies.</param>
/// <param name="Field">Where the path or default backend stands in that Ingress; empty when there is none.</param>
internal readonly record struct ReferenceOutcome(IngressMatchStatus Status, string? Ingress, string Field, string Path)
{
    public static ReferenceOutcome Of(IngressMatch match)
        => new(match.Status, match.Route is { Source.IsConfigured: false } route ? route.Source.Name.ToString() : null, match.Route?.Source.Field ?? "", match.Path.ToString());

    public override string ToString() => Status is IngressMatchStatus.Rule or IngressMatchStatus.DefaultBackend
        ? $"{Status} {Ingress ?? "(configured)"} {Field} for {Path}"
        : $"{Status} {Path}";
}

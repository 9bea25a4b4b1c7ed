namespace Ingress.Routing.Nginx.Migration;

/// <summary>What moving one Ingress means.</summary>
/// <param name="Name">The Ingress.</param>
/// <param name="Location">Where it is written; null when it comes from no file.</param>
internal sealed record MigratedIngress(NamespacedName Name, string? Location)
{
    /// <summary>The annotations that work, without their prefix.</summary>
    public required IReadOnlyList<string> Working { get; init; }

    /// <summary>The annotations without effect here, and why that changes nothing.</summary>
    public required IReadOnlyList<AnnotationNote> WithoutEffect { get; init; }

    /// <summary>The annotations that are refused or wrong, and what to do.</summary>
    public required IReadOnlyList<AnnotationNote> Refused { get; init; }

    /// <summary>What is wrong with the Ingress besides.</summary>
    public required IReadOnlyList<AnnotationNote> Errors { get; init; }

    /// <summary>Requests that are answered otherwise.</summary>
    public required IReadOnlyList<RequestDifference> Differences { get; init; }

    /// <summary>What ingress-nginx leaves open and is closed here.</summary>
    public required IReadOnlyList<AnnotationNote> ClosedTraps { get; init; }

    /// <summary>Whether it needs no edit.</summary>
    public bool IsCovered => Refused.Count == 0 && Errors.Count == 0;
}

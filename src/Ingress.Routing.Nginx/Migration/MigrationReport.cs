namespace Ingress.Routing.Nginx.Migration;

/// <summary>What moving Ingresses from ingress-nginx means, Ingress by Ingress.</summary>
/// <param name="Ingresses">The Ingresses, by name.</param>
internal sealed record MigrationReport(IReadOnlyList<MigratedIngress> Ingresses)
{
    /// <summary>How many need no edit.</summary>
    public int Covered => Ingresses.Count(static ingress => ingress.IsCovered);

    /// <summary>How many answer some request otherwise than under ingress-nginx.</summary>
    public int Differing => Ingresses.Count(static ingress => ingress.Differences.Any(static difference => difference.There != difference.Here));
}

using Ingress.Routing.Nginx.Migration;

namespace Ingress.Routing.Gateway.Output;

/// <summary>What moving from ingress-nginx means, as data.</summary>
/// <param name="Total">How many Ingresses there are.</param>
/// <param name="Covered">How many need no edit.</param>
/// <param name="Differing">How many answer some request otherwise.</param>
/// <param name="Ingresses">The Ingresses, by name.</param>
internal sealed record MigrationJson(int Total, int Covered, int Differing, IReadOnlyList<MigratedIngressJson> Ingresses)
{
    public static MigrationJson From(MigrationReport report)
        => new(report.Ingresses.Count, report.Covered, report.Differing, [.. report.Ingresses.Select(MigratedIngressJson.From)]);
}

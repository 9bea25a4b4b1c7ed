using Ingress.Routing.Diagnostics;

namespace Ingress.Routing.Hosting;

/// <summary>How many diagnostics there are of each severity.</summary>
internal readonly record struct DiagnosticCounts(int Errors, int Warnings, int Infos)
{
    public static DiagnosticCounts Of(IEnumerable<IngressDiagnostic> diagnostics)
    {
        var counts = default(DiagnosticCounts);
        foreach (var diagnostic in diagnostics)
        {
            counts += diagnostic.Severity switch
            {
                IngressDiagnosticSeverity.Error => new(1, 0, 0),
                IngressDiagnosticSeverity.Warning => new(0, 1, 0),
                _ => new(0, 0, 1),
            };
        }

        return counts;
    }

    public static DiagnosticCounts operator +(DiagnosticCounts x, DiagnosticCounts y)
        => new(x.Errors + y.Errors, x.Warnings + y.Warnings, x.Infos + y.Infos);

    public static DiagnosticCounts operator -(DiagnosticCounts x, DiagnosticCounts y)
        => new(x.Errors - y.Errors, x.Warnings - y.Warnings, x.Infos - y.Infos);
}

using Ingress.Routing.Diagnostics;

namespace Ingress.Routing.Linting;

/// <summary>Finds what is valid and served, and yet most likely not what its author meant.</summary>
/// <remarks>Whatever compiling reports is not reported again. Thread-safe; a pure function of its arguments.</remarks>
public static class IngressLinter
{
    private static readonly Action<LintedTable>[] s_rules =
    [
        UnreachedIngresses.Report,
        CatchAllPaths.Report,
        HiddenPaths.Report,
        TlsHosts.Report,
        CertificateEnds.Report,
        UnreachedDefaultBackends.Report,
        LoadBalancerActions.Report,
        PathPatterns.Report,
        PathSpellings.Report,
        AnnotationNames.Report,
        ClientCertificateAnnotations.Report,
        DeadPolicies.Report,
        RedirectLoops.Report,
        WwwHosts.Report,
        RiskyPolicies.Report,
        RiskyAccess.Report,
    ];

    /// <summary>Looks for findings beyond <see cref="IngressRouteTable.Diagnostics"/>.</summary>
    /// <param name="table">The table, with what it was compiled from.</param>
    /// <param name="options">The settings; null for the defaults.</param>
    /// <returns>The findings, with ids from INGR110 on, by object.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="table"/> is null.</exception>
    public static IReadOnlyList<IngressDiagnostic> Lint(IngressRouteTable table, IngressLintOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        var linted = new LintedTable(table, options ?? IngressLintOptions.Default);
        foreach (var rule in s_rules)
        {
            rule(linted);
        }

        return linted.Diagnostics.ToSortedList();
    }
}

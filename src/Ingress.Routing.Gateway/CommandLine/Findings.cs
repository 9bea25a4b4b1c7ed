using Ingress.Routing.Diagnostics;
using Ingress.Routing.Gateway.Output;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>What a check has found: what compiling reports and what lint adds, without what the settings ignore.</summary>
internal sealed class Findings
{
    private readonly IngressRouteTable _table;
    private readonly int _ignored;

    public Findings(IngressRouteTable table, IReadOnlyList<IngressDiagnostic> lint, CheckSettings settings)
    {
        _table = table;

        // The table orders by object; whoever edits a file goes through it from top to bottom.
        Reported =
        [
            .. table.Diagnostics.Concat(lint).Where(settings.Reports)
                .OrderBy(static diagnostic => diagnostic.Location?.File, StringComparer.Ordinal)
                .ThenBy(static diagnostic => diagnostic.Location?.Line)
                .ThenBy(static diagnostic => diagnostic.Location?.Column),
        ];
        _ignored = table.Diagnostics.Count + lint.Count - Reported.Count;
    }

    /// <summary>The findings, as somebody goes through the files.</summary>
    public IReadOnlyList<IngressDiagnostic> Reported { get; }

    /// <summary>Returns, for instance, <c>3 Ingresses, 1 error, 2 warnings</c>.</summary>
    public string Summary => DiagnosticPrinter.Summary(_table.Snapshot, Reported) + (_ignored > 0 ? $", {_ignored} ignored" : "");

    /// <summary>Whether one of them is at least that severe.</summary>
    public bool Reach(FailOn threshold) => threshold switch
    {
        FailOn.Never => false,
        FailOn.Info => Reported.Count > 0,
        FailOn.Warning => Reported.Any(static diagnostic => diagnostic.Severity != IngressDiagnosticSeverity.Info),
        _ => Reported.Any(static diagnostic => diagnostic.Severity == IngressDiagnosticSeverity.Error),
    };
}

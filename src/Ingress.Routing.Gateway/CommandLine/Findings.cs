using Ingress.Routing.Diagnostics;
using Ingress.Routing.Gateway.Output;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>What a check has found: what compiling reports and what lint adds, without what the settings ignore.</summary>
internal sealed class Findings
{
    private readonly IngressRouteTable _table;
    private readonly int _ignored;

    /// <param name="isStrict">Whether what the manifests leave open counts as missing, and what was passed over is listed one by one.</param>
    public Findings(IngressRouteTable table, IReadOnlyList<IngressDiagnostic> lint, CheckSettings settings, bool isStrict)
    {
        _table = table;

        // The table orders by object; an editor goes through a file from top to bottom.
        var all = table.Diagnostics.Concat(lint).ToList();
        var wanted = all.Where(settings.Reports)
            .OrderBy(static diagnostic => diagnostic.Location?.File, StringComparer.Ordinal)
            .ThenBy(static diagnostic => diagnostic.Location?.Line)
            .ThenBy(static diagnostic => diagnostic.Location?.Column)
            .ToList();
        _ignored = all.Count - wanted.Count;
        if (isStrict)
        {
            Reported = wanted;
            Notes = [.. CheckNotes.OfNothing(table.Snapshot, Reported)];
            return;
        }

        var byReason = wanted.ToLookup(new GivenObjects(table.Snapshot).ReasonNotToCheck);
        var skipped = byReason[null].ToLookup(static finding => finding.Id == IngressDiagnosticIds.KindSkipped);
        Reported = [.. skipped[false]];
        Notes =
        [
            .. CheckNotes.OfNothing(table.Snapshot, Reported),
            .. CheckNotes.OfSkipped([.. skipped[true]]),
            .. CheckNotes.OfUnevaluated(byReason),
        ];
    }

    /// <summary>The findings, in the order of the files.</summary>
    public IReadOnlyList<IngressDiagnostic> Reported { get; }

    /// <summary>What was not checked, and why; one line each.</summary>
    public IReadOnlyList<string> Notes { get; }

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

using System.Text.Json;
using Ingress.Routing.Diagnostics;

namespace Ingress.Routing.Gateway.Output;

/// <summary>Writes diagnostics, for people and for programs.</summary>
internal static class DiagnosticPrinter
{
    /// <summary>Writes one line each.</summary>
    public static void WriteText(IEnumerable<IngressDiagnostic> diagnostics, TextWriter output)
    {
        foreach (var diagnostic in diagnostics)
        {
            output.WriteLine(PrintableText.Escape($"{PlaceOf(diagnostic)}{diagnostic with { Location = null }}"));
        }
    }

    /// <summary>Returns <c>file:line:column: </c>, the file alone when it is meant as a whole, or nothing when no file is known.</summary>
    // Where a file cannot be read at all, the place is its beginning: a line that it may not even have.
    public static string PlaceOf(IngressDiagnostic diagnostic) => diagnostic switch
    {
        { Location: null } => "",
        {
            Location: { Line: 1, Column: 1, File: var file }, Resource: null, Id: IngressDiagnosticIds.UnreadableManifest
            or IngressDiagnosticIds.LimitExceeded or IngressDiagnosticIds.LastGoodKept or IngressDiagnosticIds.FileNotFinished
            or IngressDiagnosticIds.FileEmptied or IngressDiagnosticIds.NotAFile or IngressDiagnosticIds.FileDoesNotAnswer
        } => $"{file}: ",
        _ => $"{diagnostic.Location}: ",
    };

    /// <summary>Writes the most severe ones, in the order given, and in the last line how many were left out.</summary>
    public static void WriteSome(IReadOnlyList<IngressDiagnostic> diagnostics, TextWriter output)
    {
        var shown = DiagnosticExcerpt.Of(diagnostics, DiagnosticExcerpt.BesideAnswer);
        WriteText(shown.Shown, output);
        if (shown.LeftOut is { } rest)
        {
            output.WriteLine($"{rest}; 'ingress-gateway check --format json' lists all.");
        }
    }

    /// <summary>Writes an array.</summary>
    public static void WriteJson(IEnumerable<IngressDiagnostic> diagnostics, TextWriter output)
        => output.WriteLine(JsonSerializer.Serialize(ToJson(diagnostics), GatewayJson.Lists.IReadOnlyListDiagnosticJson));

    public static IReadOnlyList<DiagnosticJson> ToJson(IEnumerable<IngressDiagnostic> diagnostics)
        => [.. diagnostics.Select(DiagnosticJson.From)];

    /// <summary>Returns, for instance, <c>3 Ingresses, 1 error, 2 warnings</c>.</summary>
    public static string Summary(ClusterSnapshot snapshot, IReadOnlyList<IngressDiagnostic> diagnostics)
    {
        var ingresses = PrintableText.Count(snapshot.Ingresses.Count, "Ingress", "Ingresses");
        var errors = PrintableText.Count(Count(diagnostics, IngressDiagnosticSeverity.Error), "error");
        var warnings = PrintableText.Count(Count(diagnostics, IngressDiagnosticSeverity.Warning), "warning");
        return $"{ingresses}, {errors}, {warnings}";
    }

    public static int Count(IEnumerable<IngressDiagnostic> diagnostics, IngressDiagnosticSeverity severity)
        => diagnostics.Count(diagnostic => diagnostic.Severity == severity);

    public static string NameOf(IngressDiagnosticSeverity severity) => severity switch
    {
        IngressDiagnosticSeverity.Error => "error",
        IngressDiagnosticSeverity.Warning => "warning",
        _ => "info",
    };
}

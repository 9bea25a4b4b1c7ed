using System.Globalization;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Manifests.Syntax;

namespace Ingress.Routing.Manifests.Files;

/// <summary>Diagnostics about files rather than objects.</summary>
internal static class FileProblem
{
    public static IngressDiagnostic At(string id, string file, Position position, string message) => new()
    {
        Id = id,
        Severity = IngressDiagnosticSeverity.Error,
        Message = message,
        Location = new(file, position.Line, position.Column),
    };

    public static IngressDiagnostic Unreadable(string path, string reason)
        => At(IngressDiagnosticIds.UnreadableManifest, path, Position.Start, reason);

    public static IngressDiagnostic TooLarge(string path) => At(IngressDiagnosticIds.LimitExceeded, path, Position.Start,
        $"The file is larger than {ManifestLimits.FileBytes / (1024 * 1024)} MiB. It is not read.");

    public static IngressDiagnostic LastGoodKept(string path) => At(IngressDiagnosticIds.LastGoodKept, path, Position.Start,
        "What was last read from here without errors stays in force until it can be read again.") with
    {
        Severity = IngressDiagnosticSeverity.Warning,
    };

    public static IngressDiagnostic NotAFile(string path, PathKind kind) => At(IngressDiagnosticIds.NotAFile, path, Position.Start,
        $"This is {Describe(kind)} and not a file. It is left out; remove it, or name it by itself to have it read once.");

    public static IngressDiagnostic NoAnswer(string path, TimeSpan limit) => At(IngressDiagnosticIds.FileDoesNotAnswer, path, Position.Start,
        string.Create(CultureInfo.InvariantCulture, $"Nothing has come from here for {limit.TotalSeconds:0.#} seconds. It is left out until it answers; everything else goes on."));

    /// <summary>Nothing can be said about any file.</summary>
    public static IngressDiagnostic Stalled(TimeSpan limit) => new()
    {
        Id = IngressDiagnosticIds.FileDoesNotAnswer,
        Severity = IngressDiagnosticSeverity.Error,
        Message = string.Create(CultureInfo.InvariantCulture,
            $"Looking at the manifests has not ended for {limit.TotalSeconds:0.#} seconds: a disk or a mount does not answer. What was read stays in force; no change is followed until it answers."),
    };

    /// <summary>A file holds fewer objects than before, and may still be being written.</summary>
    public static IngressDiagnostic NotFinished(string path, bool isEmptied, TimeSpan delay) => At(
        IngressDiagnosticIds.FileNotFinished, path, Position.Start, string.Create(CultureInfo.InvariantCulture, $"{(isEmptied
            ? "The file holds no object any more, as while it is being written."
            : "The file is open for writing.")} What was last read from it stays in force for {delay.TotalSeconds:0.#} seconds after its last change.")) with
    {
        Severity = IngressDiagnosticSeverity.Warning,
    };

    /// <summary>A file has held no object for so long that it is meant.</summary>
    public static IngressDiagnostic Emptied(string path, int count) => At(IngressDiagnosticIds.FileEmptied, path, Position.Start,
        string.Create(CultureInfo.InvariantCulture, $"The file was emptied and stayed empty. {(count == 1 ? "One object" : $"{count} objects")} that it gave before {(count == 1 ? "is" : "are")} no longer served from it.")) with
    {
        Severity = IngressDiagnosticSeverity.Warning,
    };

    /// <summary>A folder holds no file any more, and may be about to be filled again.</summary>
    public static IngressDiagnostic FolderNotFilled(string path, TimeSpan delay) => At(
        IngressDiagnosticIds.FileNotFinished, path, Position.Start, string.Create(CultureInfo.InvariantCulture,
            $"The folder holds no manifest any more, as while it is being mounted or filled. What was last read from it stays in force for {delay.TotalSeconds:0.#} seconds.")) with
    {
        Severity = IngressDiagnosticSeverity.Warning,
    };

    /// <summary>A folder has held no file for so long that it is meant.</summary>
    public static IngressDiagnostic FolderEmptied(string path, int count) => At(IngressDiagnosticIds.FileEmptied, path, Position.Start,
        string.Create(CultureInfo.InvariantCulture, $"The folder was emptied and stayed empty. {(count == 1 ? "One file" : $"{count} files")} that it held before {(count == 1 ? "is" : "are")} no longer served.")) with
    {
        Severity = IngressDiagnosticSeverity.Warning,
    };

    private static string Describe(PathKind kind) => kind switch
    {
        PathKind.Socket => "a socket",
        PathKind.Device => "a device",
        _ => "a named pipe",
    };
}

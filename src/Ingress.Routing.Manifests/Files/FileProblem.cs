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
}

using Ingress.Routing.Diagnostics;

namespace Ingress.Routing.Manifests.Syntax;

/// <summary>Ends the reading of one document. Never leaves <see cref="DocumentReader"/>.</summary>
internal sealed class ManifestSyntaxException(string id, string message, Position position) : Exception(message)
{
    /// <summary>One of <see cref="IngressDiagnosticIds"/>.</summary>
    public string Id { get; } = id;

    public Position Position { get; } = position;

    public static ManifestSyntaxException Malformed(string message, Position position)
        => new(IngressDiagnosticIds.UnreadableManifest, message, position);

    public static ManifestSyntaxException LimitExceeded(string message, Position position)
        => new(IngressDiagnosticIds.LimitExceeded, message, position);
}

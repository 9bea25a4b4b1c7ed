using Ingress.Routing.Diagnostics;
using Ingress.Routing.Kubernetes.Client;
using Ingress.Routing.Model;

namespace Ingress.Routing.Kubernetes.Watching;

/// <summary>Says what is not allowed, or not there, and what to do about it (K16, K17).</summary>
internal static class RefusalText
{
    public static string Of(KubernetesApiException error, WatchScope scope)
    {
        if (error.IsNotFound)
        {
            return $"the API server does not know {scope.Kind.PathIn(null)}; it has to be Kubernetes 1.22 or newer.";
        }

        var anonymous = error.Message.Contains("system:anonymous", StringComparison.Ordinal)
            ? " No credentials were accepted: 'system:anonymous' is nobody in particular."
            : "";
        return $"{Sentence(error.Message)}{anonymous} Add this rule: {scope.MissingRule}.";
    }

    public static IngressDiagnostic Diagnostic(string text, bool isRequired) => new()
    {
        Id = IngressDiagnosticIds.ClusterKindNotRead,
        Severity = isRequired ? IngressDiagnosticSeverity.Error : IngressDiagnosticSeverity.Warning,
        Message = text,
    };

    public static IngressDiagnostic Malformed(WatchedKind kind, NamespacedName name, string reason) => new()
    {
        Id = IngressDiagnosticIds.ClusterObjectNotRead,
        Severity = IngressDiagnosticSeverity.Error,
        Resource = new ResourceReference(kind.Name, kind.IsClusterScoped ? null : name.Namespace, name.Name),
        Message = $"{reason} The object is not read; its version before stays in force, if there was one.",
    };

    private static string Sentence(string text) => text.EndsWith('.') ? text : text + ".";
}

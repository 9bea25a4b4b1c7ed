using Ingress.Routing.Diagnostics;

namespace Ingress.Routing.Kubernetes.Events;

/// <summary>Which diagnostics are worth an event.</summary>
internal static class EventReasons
{
    /// <summary>Whether an Ingress is this controller's: what is wrong with others is for their controllers to tell.</summary>
    /// <param name="diagnostics">What is reported about it.</param>
    /// <param name="options">The options of the table.</param>
    public static bool IsOurs(IEnumerable<IngressDiagnostic> diagnostics, RouteTableOptions options)
        => options.ControllerName is null || !diagnostics.Any(static diagnostic
            => diagnostic.Id is IngressDiagnosticIds.ForeignClass or IngressDiagnosticIds.UnknownClass or IngressDiagnosticIds.NoClass);

    /// <summary>The reason of a diagnostic about an Ingress; null when nobody needs an event for it.</summary>
    /// <remarks>
    /// Warnings of annotations count as rejected parts. That an Ingress belongs to somebody else is not our business, and what is only most
    /// likely not meant is for <c>check</c>. A Service without ready endpoints says so itself, at every rollout.
    /// </remarks>
    public static EventReason? Of(IngressDiagnostic diagnostic) => diagnostic switch
    {
        { Severity: IngressDiagnosticSeverity.Info } => null,
        {
            Id: IngressDiagnosticIds.PathConflict or IngressDiagnosticIds.PathShadowed or IngressDiagnosticIds.HostNotOwned
                or IngressDiagnosticIds.DefaultBackendConflict or IngressDiagnosticIds.TlsConflict or IngressDiagnosticIds.TlsPolicyOverruled
        } => EventReason.Conflict,
        {
            Id: IngressDiagnosticIds.SecretNotFound or IngressDiagnosticIds.SecretUnusable or IngressDiagnosticIds.ClientAuthoritiesUnusable
                or IngressDiagnosticIds.ReferencedSecretNotFound or IngressDiagnosticIds.ReferencedConfigMapNotFound
                or IngressDiagnosticIds.ReferencedServiceNotFound or IngressDiagnosticIds.ServiceNotFound or IngressDiagnosticIds.ServicePortNotFound
        } => EventReason.Unresolved,
        { Severity: IngressDiagnosticSeverity.Error } => EventReason.Rejected,
        {
            Id: IngressDiagnosticIds.InvalidAnnotation or IngressDiagnosticIds.AnnotationRefused or IngressDiagnosticIds.SnippetNotTranslated
                or IngressDiagnosticIds.ExternalNameRefused or IngressDiagnosticIds.ResourceKindNotServed
                or IngressDiagnosticIds.PathPatternProblem or IngressDiagnosticIds.AddedHostNotServed or IngressDiagnosticIds.CanaryNotServed
        } => EventReason.Rejected,
        _ => null,
    };
}

using Ingress.Routing.Diagnostics;
using Ingress.Routing.Kubernetes;
using Ingress.Routing.Kubernetes.Client;
using Ingress.Routing.Kubernetes.Permissions;
using Ingress.Routing.Kubernetes.Requests;
using Ingress.Routing.Kubernetes.Writing;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>Tells in diagnostics what an account may not do in a cluster (K43).</summary>
internal static class MissingPermissions
{
    public static async Task<IReadOnlyList<IngressDiagnostic>> FindAsync(
        IApiRequests api, KubernetesClient client, KubernetesOptions cluster, string? controllerName)
    {
        var settings = WriterSettings.From(cluster, controllerName, client.Namespace, Environment.GetEnvironmentVariable);
        var report = await new PermissionReview(api).AskAsync(
            [.. Permission.All, .. cluster.WatchNamespaceSelector is null ? [] : Permission.ForNamespaceSelector],
            settings.WatchNamespaces,
            settings.Namespace,
            settings.ElectionId,
            CancellationToken.None);
        var findings = report.Missing
            .GroupBy(static missing => (missing.Permission.Group, missing.Permission.Resource, missing.Namespace, missing.Name))
            .Select(static group => Describe([.. group]))
            .ToList();
        if (report.Problem is { } problem)
        {
            findings.Add(new()
            {
                Id = IngressDiagnosticIds.PermissionsUnknown,
                Severity = IngressDiagnosticSeverity.Warning,
                Message = PrintableText.Escape($"The API server does not tell what this account may do: {problem}"),
            });
        }

        return findings;
    }

    // One for each rule that is to be added: without reading nothing is served, without writing everything is.
    private static IngressDiagnostic Describe(IReadOnlyList<MissingPermission> missing)
    {
        var (first, permission) = (missing[0], missing[0].Permission);
        var verbs = string.Join(", ", missing.Select(static one => one.Permission.Verb));
        var place = first.Namespace is { } space ? $"in the namespace '{space}'"
            : permission.Scope == PermissionScope.Cluster ? "which belong to no namespace" : "in all namespaces";
        var name = first.Name is { } only ? $", resourceNames: [{only}]" : "";
        return new()
        {
            Id = IngressDiagnosticIds.PermissionMissing,
            Severity = permission.IsForWriting ? IngressDiagnosticSeverity.Warning : IngressDiagnosticSeverity.Error,
            Message = PrintableText.Escape(
                $"This account may not {verbs} {permission.Resource}, {place}; {EffectOf(permission)}. Add to its {(first.Namespace is null ? "ClusterRole" : "Role")}: "
                + $"{{apiGroups: [\"{permission.Group}\"], resources: [{permission.Resource}]{name}, verbs: [{verbs}]}}"),
        };
    }

    private static string EffectOf(Permission permission) => permission.Resource switch
    {
        "secrets" => "hosts have no certificates",
        "ingressclasses" => "nothing is served, unless --ingress-class names the one class to serve",
        "ingresses/status" => "no Ingress tells where it is reached",
        "leases" => "no replica writes statuses or events",
        "events" => "what is wrong with Ingresses is not told in events",
        _ => "nothing is served",
    };
}

using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;
using static Ingress.Routing.Diagnostics.FieldErrorKind;

namespace Ingress.Routing.Compilation;

/// <summary>The structural rules of the API server for an Ingress, with its field paths and error kinds (semantics 2.1 to 2.6).</summary>
internal static class IngressValidator
{
    private static readonly string[] s_forbiddenInPath = ["//", "/./", "/../", "%2f", "%2F"];
    private static readonly string[] s_forbiddenAtEndOfPath = ["/..", "/."];

    /// <summary>Reports every violation.</summary>
    /// <returns>Whether there was none; an Ingress with one is left out whole (D4).</returns>
    public static bool Validate(IngressResource ingress, DiagnosticBag diagnostics)
    {
        var before = diagnostics.Count;
        var report = new FieldReport(ingress, diagnostics);

        MetadataValidator.Validate(report);
        ValidateSpec(ingress, report);
        return diagnostics.Count == before;
    }

    private static void ValidateSpec(IngressResource ingress, FieldReport report)
    {
        if (ingress.Rules.Count == 0 && ingress.DefaultBackend is null)
        {
            report.Error(IngressDiagnosticIds.EmptySpec, Invalid, "spec", "An Ingress needs 'rules' or a 'defaultBackend'; a patch has to be applied first.");
        }

        if (ingress.DefaultBackend is not null)
        {
            BackendValidator.Validate(ingress.DefaultBackend, "spec.defaultBackend", report);
        }

        for (var i = 0; i < ingress.Rules.Count; i++)
        {
            ValidateRule(ingress.Rules[i], FieldPath.Item("spec.rules", i), report);
        }

        for (var i = 0; i < ingress.Tls.Count; i++)
        {
            ValidateTls(ingress.Tls[i], FieldPath.Item("spec.tls", i), report);
        }

        // An explicit empty string is invalid, unlike an absent field (semantics 2.2.2).
        if (ingress.IngressClassName is { } className)
        {
            report.Errors(
                IngressDiagnosticIds.InvalidClassName, "spec.ingressClassName", "class name", className, NameSyntax.SubdomainErrors(className));
        }
    }

    private static void ValidateRule(IngressRule rule, FieldPath field, FieldReport report)
    {
        if (!string.IsNullOrEmpty(rule.Host))
        {
            if (NameSyntax.IsIPAddress(rule.Host))
            {
                report.Error(
                    IngressDiagnosticIds.InvalidHost, Invalid, field.Field(".host"), $"The host '{rule.Host}' is an IP address; a rule needs a DNS name.");
            }

            report.Errors(IngressDiagnosticIds.InvalidHost, field.Field(".host"), "host", rule.Host, NameSyntax.SubdomainOrWildcardErrors(rule.Host));
        }

        if (rule.Paths is { Count: 0 })
        {
            report.Error(IngressDiagnosticIds.NoPaths, Required, field.Field(".http.paths"), "An 'http' section needs at least one path.");
        }

        for (var j = 0; j < rule.Paths?.Count; j++)
        {
            ValidatePath(rule.Paths[j], field.InnerItem(".http.paths", j), report);
        }
    }

    private static void ValidatePath(IngressPath path, FieldPath field, FieldReport report)
    {
        switch (path.PathType)
        {
            case null:
                // The API server checks nothing else of such an entry (semantics 2.4.1).
                report.Error(
                    IngressDiagnosticIds.InvalidPathType, Required, field.Field(".pathType"), "'pathType' is missing; write Exact, Prefix or ImplementationSpecific.");
                return;

            case PathTypes.Exact or PathTypes.Prefix:
                ValidatePathText(path.Path ?? "", field.Field(".path"), report);
                break;

            case PathTypes.ImplementationSpecific:
                if (!string.IsNullOrEmpty(path.Path))
                {
                    RequireLeadingSlash(path.Path, field.Field(".path"), report);
                }

                break;

            default:
                report.Error(
                    IngressDiagnosticIds.InvalidPathType,
                    NotSupported,
                    field.Field(".pathType"),
                    $"The path type '{path.PathType}' is unknown; write Exact, Prefix or ImplementationSpecific.");
                break;
        }

        BackendValidator.Validate(path.Backend, field.Field(".backend"), report);
    }

    private static void ValidatePathText(string path, FieldPath field, FieldReport report)
    {
        RequireLeadingSlash(path, field, report);
        foreach (var sequence in s_forbiddenInPath)
        {
            if (path.Contains(sequence, StringComparison.Ordinal))
            {
                report.Error(IngressDiagnosticIds.InvalidPath, Invalid, field, $"The path '{path}' must not contain '{sequence}'.");
            }
        }

        foreach (var ending in s_forbiddenAtEndOfPath)
        {
            if (path.EndsWith(ending, StringComparison.Ordinal))
            {
                report.Error(IngressDiagnosticIds.InvalidPath, Invalid, field, $"The path '{path}' must not end with '{ending}'.");
            }
        }
    }

    private static void RequireLeadingSlash(string path, FieldPath field, FieldReport report)
    {
        if (!path.StartsWith('/'))
        {
            report.Error(IngressDiagnosticIds.InvalidPath, Invalid, field, $"The path '{path}' does not start with '/'.");
        }
    }

    // No IP check here, and an empty host is invalid (semantics 2.6.1).
    private static void ValidateTls(IngressTls tls, FieldPath field, FieldReport report)
    {
        for (var j = 0; j < tls.Hosts.Count; j++)
        {
            report.Errors(
                IngressDiagnosticIds.InvalidTls, field.InnerItem(".hosts", j), "host", tls.Hosts[j], NameSyntax.SubdomainOrWildcardErrors(tls.Hosts[j]));
        }

        if (!string.IsNullOrEmpty(tls.SecretName))
        {
            report.Errors(
                IngressDiagnosticIds.InvalidTls, field.Field(".secretName"), "secret name", tls.SecretName, NameSyntax.SubdomainErrors(tls.SecretName));
        }
    }
}

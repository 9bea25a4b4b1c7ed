using Ingress.Routing.Annotations;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Compilation;

/// <summary>What there is to say about the policies that an Ingress asks for at its hosts.</summary>
internal static class HostPolicyDiagnostics
{
    /// <summary>Reports what is wrong with the objects that the annotations of an Ingress name, and where they do not decide.</summary>
    public static void Report(IngressResource ingress, CompiledRoutes routes, RouteTableOptions options, DiagnosticBag diagnostics)
    {
        if (routes.Policies.Of(ingress) is not { Tls: { } annotations, Host: { } requested })
        {
            return;
        }

        diagnostics.At(DiagnosticPhase.TlsPolicy, (1, 0));
        if (!requested.Tls.IsClientPartConfigured)
        {
            ReportSecret(ingress, annotations, requested.Tls, (routes.Objects.Secrets, options), diagnostics);
        }
        else if (annotations.ClientCertificates is not null)
        {
            Overruled("Client certificates are configured for all hosts, which annotations do not change.");
        }

        foreach (var host in HostPolicyClaims.HostsOf(ingress).Order(StringComparer.Ordinal))
        {
            var hosts = host.Length == 0 ? "hosts that no rule names" : $"host '{host}'";
            if (routes.Configured.ForRule(host) is { } configured)
            {
                Overruled($"The TLS policy of {hosts} is configured. The annotations of this Ingress do not count for it.{Consequence(configured)}");
            }
            else if (routes.PolicyClaimsOf(host).Decided is var decided && !ReferenceEquals(decided, requested))
            {
                var who = decided?.Source is { } source ? $"Ingress '{source}'" : "An Ingress of another namespace, which goes first by age,";
                Overruled($"{who} decides the TLS policy of {hosts}. The annotations of this Ingress do not count for it.{Consequence(decided)}");
            }
        }

        string Consequence(HostPolicies? decided)
            => RequiredClientCertificate.Of(requested)?.IsMetBy((decided ?? routes.Configured.AllHosts.Policies).Tls, isHandshakeOurs: true) == false
                ? " Requests for this Ingress are refused there, because it asks for client certificates."
                : "";

        void Overruled(string message) => diagnostics.Warn(ingress, IngressDiagnosticIds.TlsPolicyOverruled, "metadata.annotations", message);
    }

    /// <summary>What is wrong with a Secret with authorities.</summary>
    public static IngressDiagnostic ProblemOf(
        ResourceReference resource, string field, NamespacedName? secret, string problem, ResourceOrigin? origin) => new()
        {
            Id = IngressDiagnosticIds.ClientAuthoritiesUnusable,
            Severity = IngressDiagnosticSeverity.Error,
            Resource = resource,
            Field = field,
            Message = PrintableText.Of(
                $"The Secret {(secret is { } name ? $"'{name}' " : "")}with the authorities for client certificates {problem}. No certificate is verified."),
            Location = origin?.Locate(field),
        };

    private static void ReportSecret(
        IngressResource ingress,
        TlsSettings annotations,
        TlsPolicy requested,
        (ObjectSet<SecretResource> Secrets, RouteTableOptions Options) generation,
        DiagnosticBag diagnostics)
    {
        var secret = annotations.ClientCertificates?.AuthoritiesSecret;
        var prefix = generation.Options.AnnotationPrefix;
        var annotation = secret is null ? TlsSettingsBuilder.ClientCertificates : TlsSettingsBuilder.ClientCertificateSecret;
        if (requested.ClientTrust?.Problem is { } problem && (secret is not null || requested.ClientCertificates != ClientCertificateMode.Report))
        {
            diagnostics.Add(ProblemOf(ingress.Reference, $"metadata.annotations[{prefix}/{annotation}]", secret, problem, ingress.Origin));
        }

        if (requested.ClientTrust is { Problem: null } && secret is { } name && generation.Secrets.Find(name)?.AuthoritiesProblem is { } broken)
        {
            diagnostics.Warn(
                ingress,
                IngressDiagnosticIds.LastGoodCertificateKept,
                $"metadata.annotations[{prefix}/{TlsSettingsBuilder.ClientCertificateSecret}]",
                $"The new version of Secret '{name}' {broken}. The authorities of the version before it stay in force.");
        }
    }
}

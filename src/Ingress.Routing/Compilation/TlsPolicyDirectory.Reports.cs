using Ingress.Routing.Annotations;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Matching;
using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <content>What there is to say about TLS policies.</content>
internal sealed partial class TlsPolicyDirectory
{
    /// <summary>Reports what is wrong with the objects that the annotations of an Ingress name, and where they do not decide.</summary>
    public void Report(
        IngressResource ingress, PolicyDirectory policies, ObjectSet<SecretResource> secrets, RouteTableOptions options, DiagnosticBag diagnostics)
    {
        if (policies.Of(ingress)?.Tls is not { } annotations || WishOf(ingress) is not { } wish)
        {
            return;
        }

        diagnostics.At(DiagnosticPhase.TlsPolicy, (1, 0));
        var secret = annotations.ClientCertificates?.AuthoritiesSecret;
        if (wish.ClientTrust?.Problem is { } problem
            && !wish.IsClientPartConfigured
            && (secret is not null || wish.ClientCertificates != ClientCertificateMode.Report))
        {
            diagnostics.Add(ProblemOf(
                ingress.Reference,
                $"metadata.annotations[{options.AnnotationPrefix}/{(secret is null ? TlsSettingsBuilder.ClientCertificates : TlsSettingsBuilder.ClientCertificateSecret)}]",
                secret,
                problem,
                ingress.Origin));
        }

        if (wish.ClientTrust is { Problem: null }
            && !wish.IsClientPartConfigured
            && secret is { } name
            && secrets.Find(name)?.AuthoritiesProblem is { } broken)
        {
            diagnostics.Warn(
                ingress,
                IngressDiagnosticIds.LastGoodCertificateKept,
                $"metadata.annotations[{options.AnnotationPrefix}/{TlsSettingsBuilder.ClientCertificateSecret}]",
                $"The new version of Secret '{name}' {broken}. The authorities of the version before it stay in force.");
        }

        if (wish.IsClientPartConfigured && annotations.ClientCertificates is not null)
        {
            Overruled(ingress, "Client certificates are configured for all hosts, which annotations do not change.");
        }

        foreach (var host in HostsOf(ingress).Order(StringComparer.Ordinal))
        {
            var hosts = host.Length == 0 ? "hosts that no rule names" : $"host '{host}'";
            if (host.Length > 0 && RequestHost.TryReadName(host, out var read) && Selector.FindConfigured(read) is { } configured)
            {
                Overruled(
                    ingress, $"The TLS policy of {hosts} is configured. The annotations of this Ingress do not count for it.{Consequence(configured)}");
            }
            else if (PolicyOf(host) is var decided && !ReferenceEquals(decided, wish))
            {
                var who = decided?.Source is { } source ? $"Ingress '{source}'" : "An Ingress of another namespace, which goes first by age,";
                Overruled(ingress, $"{who} decides the TLS policy of {hosts}. The annotations of this Ingress do not count for it.{Consequence(decided)}");
            }
        }

        string Consequence(TlsPolicy? decided)
            => IsUnmet(wish, decided ?? _fallback, isHandshakeOurs: true)
                ? " Requests for this Ingress are refused there, because it asks for client certificates."
                : "";

        void Overruled(IngressResource loser, string message)
            => diagnostics.Warn(loser, IngressDiagnosticIds.TlsPolicyOverruled, "metadata.annotations", message);
    }

    /// <summary>Reports what is wrong with what code says.</summary>
    public void ReportConfigured(ObjectSet<SecretResource> secrets, RouteTableOptions options, DiagnosticBag diagnostics)
    {
        diagnostics.At(DiagnosticPhase.TlsPolicy);
        foreach (var (host, settings) in options.HostTls.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            ReportPem($"'{host}'", settings, _configured.Get(host.ToLowerInvariant())?.Policy);
        }

        ReportPem("all hosts", options.Tls, _fallback);
        foreach (var name in SecretsOf(options).Distinct())
        {
            var secret = secrets.Find(name);
            if ((secret is null ? "does not exist" : secret.ReadAuthorities().Problem) is { } problem)
            {
                diagnostics.Add(ProblemOf(new(SecretResource.KindName, name.Namespace, name.Name), "", name, problem, secret?.Origin));
            }
        }

        void ReportPem(string hosts, TlsSettings settings, TlsPolicy? policy)
        {
            if (settings.ClientCertificates is { AuthoritiesSecret: null, AuthoritiesPem: not null } && policy?.ClientTrust?.Problem is not null)
            {
                diagnostics.Add(new()
                {
                    Id = IngressDiagnosticIds.ClientAuthoritiesUnusable,
                    Severity = IngressDiagnosticSeverity.Error,
                    Message = $"The authorities or revocation lists that are configured for {hosts} are no readable PEM. No certificate is verified.",
                });
            }
        }
    }

    private static IngressDiagnostic ProblemOf(
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
}

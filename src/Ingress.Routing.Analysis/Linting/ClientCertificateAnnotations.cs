using Ingress.Routing.Annotations;
using Ingress.Routing.Compilation;
using Ingress.Routing.Diagnostics;

namespace Ingress.Routing.Linting;

/// <summary>Annotations that would ask for client certificates elsewhere, on hosts that are open here (INGR121).</summary>
internal static class ClientCertificateAnnotations
{
    private const string Secret = $"{IngressNginxAnnotations.Prefix}/auth-tls-secret";
    private const string Mode = $"{IngressNginxAnnotations.Prefix}/auth-tls-verify-client";

    public static void Report(LintedTable table)
    {
        if (table.Understands(IngressNginxAnnotations.Prefix))
        {
            return;
        }

        foreach (var ingress in table.Served.Select(static owner => owner.Ingress))
        {
            var annotations = ingress.Metadata.Annotations;
            if (annotations.TryGetValue(Secret, out var secret)
                && annotations.GetValueOrDefault(Mode) != "off"
                && HostPolicyClaims.HostsOf(ingress).Any(host => IsOpen(host, table.Table)))
            {
                table.Diagnostics.Warn(
                    ingress,
                    IngressDiagnosticIds.ClientCertificatesElsewhere,
                    $"metadata.annotations[{Secret}]",
                    $"ingress-nginx would ask clients for certificates of the authorities in '{secret}'. Here the annotation changes nothing, and "
                    + $"every client is served. '{table.Table.Options.AnnotationPrefix}/{TlsSettingsBuilder.ClientCertificates}' asks for them.");
            }
        }
    }

    // A label of our own stands for all that a wildcard stands for.
    private static bool IsOpen(string host, IngressRouteTable table)
        => table.Match(host.StartsWith('*') ? "x" + host[1..] : host, "/").HostPolicies.Tls.ClientCertificates == ClientCertificateMode.None;
}

using Ingress.Routing.Diagnostics;
using Ingress.Routing.Matching;
using Ingress.Routing.Tls;

namespace Ingress.Routing.Compilation;

/// <summary>What compiling yields; all of it immutable.</summary>
internal sealed record CompiledRoutes(
    RouteMatcher Matcher,
    CertificateSelector Certificates,
    ServiceDirectory Services,
    IReadOnlyList<IngressRoute> Routes,
    IReadOnlyList<IngressDiagnostic> Diagnostics)
{
    public static CompiledRoutes Empty { get; } = new(RouteMatcher.Empty, CertificateSelector.Empty, ServiceDirectory.Empty, [], []);
}

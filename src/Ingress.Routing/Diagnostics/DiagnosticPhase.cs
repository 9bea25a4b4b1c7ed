namespace Ingress.Routing.Diagnostics;

/// <summary>In which order the diagnostics of one object are listed.</summary>
internal enum DiagnosticPhase
{
    Identity,
    Structure,
    IngressClass,
    DefaultBackend,
    Claims,
    Shadowing,
    Backends,
    Tls,
    CertificateNames,
    Annotations,
    TlsPolicy,
}

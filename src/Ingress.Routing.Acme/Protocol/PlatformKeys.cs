using System.Security.Cryptography.X509Certificates;

namespace Ingress.Routing.Acme.Protocol;

/// <summary>What platforms want of keys.</summary>
internal static class PlatformKeys
{
    // Windows cannot use a key for TLS that is in memory alone.
    public static X509Certificate2 Usable(X509Certificate2 certificate)
        => OperatingSystem.IsWindows()
            ? X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null)
            : certificate;
}

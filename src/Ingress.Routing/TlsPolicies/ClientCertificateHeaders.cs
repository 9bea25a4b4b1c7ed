using System.Collections.Immutable;

namespace Ingress.Routing;

/// <summary>The request headers that tell a backend about the client certificate. A client can never set them.</summary>
/// <remarks>
/// They are taken out of every request, in whatever spelling. The standard ones of a trusted proxy are left as long as no backend is told anything.
/// </remarks>
public static class ClientCertificateHeaders
{
    /// <summary><c>NONE</c>, <c>SUCCESS</c>, or <c>FAILED:</c> and the reason.</summary>
    public const string Verify = "X-Client-Cert-Verify";

    /// <summary>The subject as a distinguished name (RFC 4514), with everything that is not printable ASCII escaped.</summary>
    public const string Subject = "X-Client-Cert-Subject";

    /// <summary>The issuer, likewise.</summary>
    public const string Issuer = "X-Client-Cert-Issuer";

    /// <summary>SHA-256 of the certificate, in lower-case hexadecimal digits.</summary>
    public const string Fingerprint = "X-Client-Cert-Fingerprint";

    /// <summary>The certificate itself (RFC 9440), when it was verified.</summary>
    public const string Certificate = "Client-Cert";

    /// <summary>All of them, and <c>Client-Cert-Chain</c>, which is never set (RFC 9440).</summary>
    public static ImmutableArray<string> All { get; } = [Verify, Subject, Issuer, Fingerprint, Certificate, "Client-Cert-Chain"];
}

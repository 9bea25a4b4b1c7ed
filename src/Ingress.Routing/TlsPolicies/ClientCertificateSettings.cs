namespace Ingress.Routing;

/// <summary>Which client certificates are asked for, and who vouches for them; as configured. Immutable.</summary>
public sealed record ClientCertificateSettings
{
    /// <summary>What is done about client certificates.</summary>
    public required ClientCertificateMode Mode { get; init; }

    /// <summary>The Secret with the trusted authorities in <c>ca.crt</c> and, if there are any, their revocation lists in <c>ca.crl</c>.</summary>
    /// <remarks>While it is missing or unusable, no certificate is verified.</remarks>
    public NamespacedName? AuthoritiesSecret { get; init; }

    /// <summary>The trusted authorities in PEM, instead of a Secret.</summary>
    public string? AuthoritiesPem { get; init; }

    /// <summary>Revocation lists of <see cref="AuthoritiesPem"/>, in PEM; null when nothing is revoked.</summary>
    public string? RevocationListsPem { get; init; }

    /// <summary>The verification depth: how many intermediate authorities may stand between a certificate and a trusted one. The default is 1.</summary>
    public int MaxIntermediates { get; init; } = 1;

    /// <summary>
    /// Whether clients are refused by the answers to their requests, which say why, and not in the handshake: 400 without a certificate that is
    /// required, or with one that cannot be verified. The default is no.
    /// </summary>
    public bool RefusesByAnswer { get; init; }

    /// <summary>
    /// A regular expression that occurs in the subject of the certificate, as a distinguished name (RFC 4514); other clients are answered with 403.
    /// Null lets every subject in. It takes effect with <see cref="RefusesByAnswer"/>.
    /// </summary>
    public string? SubjectPattern { get; init; }

    /// <summary>An absolute URL to which clients are sent with 302 that would be answered with 400; null sends them nowhere.</summary>
    public string? ErrorPage { get; init; }

    /// <summary>In which headers backends are told about the certificate.</summary>
    public ClientCertificateHeaderStyle HeaderStyle { get; init; }

    /// <summary>The annotation that names the Secret, for diagnostics; null for what code says.</summary>
    internal string? Annotation { get; init; }
}

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
}

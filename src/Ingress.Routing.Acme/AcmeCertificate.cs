namespace Ingress.Routing.Acme;

/// <summary>A certificate that was issued. Immutable; has no key in it.</summary>
public sealed record AcmeCertificate
{
    /// <summary>The DNS names that it covers, in lower case.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>From when on it is valid.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>Until when it is valid.</summary>
    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>The common name of who has issued it.</summary>
    public required string Issuer { get; init; }

    /// <summary>Its number, in hexadecimal digits.</summary>
    public required string SerialNumber { get; init; }

    /// <summary>The directory of the CA.</summary>
    public required string Directory { get; init; }

    internal static AcmeCertificate Of(Storage.KeptCertificate certificate) => new()
    {
        Names = certificate.Chain.Names,
        NotBefore = certificate.Chain.NotBefore,
        NotAfter = certificate.Chain.NotAfter,
        Issuer = certificate.Chain.Issuer,
        SerialNumber = certificate.Chain.SerialNumber,
        Directory = certificate.Stored.Directory,
    };
}

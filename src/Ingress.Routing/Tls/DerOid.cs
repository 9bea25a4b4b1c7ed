namespace Ingress.Routing.Tls;

/// <summary>The contents of the object identifiers that are asked for.</summary>
internal static class DerOid
{
    /// <summary>1.2.840.113549.1.1.1.</summary>
    public static ReadOnlySpan<byte> Rsa => [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01];

    /// <summary>1.2.840.10045.2.1.</summary>
    public static ReadOnlySpan<byte> EcPublicKey => [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01];

    /// <summary>1.2.840.10045.3.1.7.</summary>
    public static ReadOnlySpan<byte> P256 => [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07];

    /// <summary>1.3.132.0.34.</summary>
    public static ReadOnlySpan<byte> P384 => [0x2B, 0x81, 0x04, 0x00, 0x22];

    /// <summary>1.3.132.0.35.</summary>
    public static ReadOnlySpan<byte> P521 => [0x2B, 0x81, 0x04, 0x00, 0x23];

    /// <summary>1.3.6.1.5.5.7.3.1.</summary>
    public static ReadOnlySpan<byte> ServerAuthentication => [0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x01];

    /// <summary>2.5.29.37.0.</summary>
    public static ReadOnlySpan<byte> AnyExtendedKeyUsage => [0x55, 0x1D, 0x25, 0x00];

    /// <summary>2.5.29.37.</summary>
    public static ReadOnlySpan<byte> ExtendedKeyUsage => [0x55, 0x1D, 0x25];

    /// <summary>2.5.29.15.</summary>
    public static ReadOnlySpan<byte> KeyUsage => [0x55, 0x1D, 0x0F];

    /// <summary>2.5.29.17.</summary>
    public static ReadOnlySpan<byte> SubjectAlternativeName => [0x55, 0x1D, 0x11];
}

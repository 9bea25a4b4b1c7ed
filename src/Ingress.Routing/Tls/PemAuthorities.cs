using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ingress.Routing.Tls;

/// <summary>Whether a text holds authorities: at least one certificate, and none that is broken.</summary>
internal static class PemAuthorities
{
    public static bool AreUsable(string? pem)
    {
        if (string.IsNullOrWhiteSpace(pem))
        {
            return false;
        }

        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPem(pem);
            foreach (var authority in authorities)
            {
                authority.Dispose();
            }

            return authorities.Count > 0;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException or FormatException or NotSupportedException)
        {
            return false;
        }
    }
}

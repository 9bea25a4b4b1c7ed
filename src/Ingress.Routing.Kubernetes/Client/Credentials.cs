using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;

namespace Ingress.Routing.Kubernetes.Client;

/// <summary>Who we are to the API server (K14). Thread-safe.</summary>
internal abstract class Credentials : IDisposable
{
    /// <summary>The header to send; null for none.</summary>
    /// <exception cref="CredentialsException">There is none to be had now.</exception>
    public abstract ValueTask<AuthenticationHeaderValue?> GetAsync(CancellationToken cancellationToken);

    /// <summary>Gets new ones after the server refused these.</summary>
    /// <param name="refused">The header that was refused.</param>
    /// <returns>Whether there are others now, so that it is worth trying again at once.</returns>
    public virtual ValueTask<bool> RenewAsync(AuthenticationHeaderValue? refused, CancellationToken cancellationToken) => ValueTask.FromResult(false);

    /// <summary>The certificate for a new connection; null for none.</summary>
    public virtual X509Certificate2? Certificate => null;

    /// <summary>Grows with each new certificate, for which new connections are needed.</summary>
    public virtual int CertificateVersion => 0;

    /// <inheritdoc />
    public virtual void Dispose()
    {
    }
}

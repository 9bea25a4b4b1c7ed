using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;

namespace Ingress.Routing.Kubernetes.Client;

/// <summary>A token, a password or a certificate that the kubeconfig gives, or nothing at all.</summary>
internal sealed class FixedCredentials(AuthenticationHeaderValue? header, ClientCertificateFile? certificate) : Credentials
{
    public override X509Certificate2? Certificate => certificate?.Current;

    public override ValueTask<AuthenticationHeaderValue?> GetAsync(CancellationToken cancellationToken) => ValueTask.FromResult(header);

    public override int CertificateVersion => certificate?.Version ?? 0;

    public override ValueTask<bool> RenewAsync(AuthenticationHeaderValue? refused, CancellationToken cancellationToken)
        => ValueTask.FromResult(certificate?.HasChanged() == true);
}

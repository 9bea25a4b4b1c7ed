using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Ingress.Routing.Kubernetes.ApiServer;

/// <summary>The certificate of the server, and the authority that issued it.</summary>
internal sealed class ApiServerCertificate : IDisposable
{
    private readonly X509Certificate2 _authority;
    private readonly X509Certificate2 _server;

    public ApiServerCertificate()
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest("CN=kubernetes", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _authority = authority.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(2));

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=kube-apiserver", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("kubernetes.default.svc");
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(_authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1), Guid.NewGuid().ToByteArray());
        _server = issued.CopyWithPrivateKey(key);
    }

    public string AuthorityPem => _authority.ExportCertificatePem();

    public void Use(ListenOptions listen, Action<X509Certificate2?> onClient) => listen.UseHttps(https =>
    {
        https.ServerCertificate = _server;
        https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
        https.ClientCertificateValidation = (certificate, _, _) =>
        {
            onClient(certificate);
            return true;
        };
    });

    public void Dispose()
    {
        _authority.Dispose();
        _server.Dispose();
    }
}

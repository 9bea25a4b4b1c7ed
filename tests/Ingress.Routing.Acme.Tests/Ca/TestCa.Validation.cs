using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Ingress.Routing.Acme.Tests.Ca;

/// <summary>Looks for itself who runs a host.</summary>
internal sealed partial class TestCa
{
    private async Task ValidateAsync(CaAuthorization authorization, string type, string expected)
    {
        await Task.Delay(ValidationDelay);
        await Validating.WaitAsync(TimeSpan.FromSeconds(60));
        string? problem;
        try
        {
            problem = FailValidation(authorization) ? "told to fail"
                : TrustsEverybody ? null
                : type switch
                {
                    "http-01" => await TryHttpAsync(authorization, expected),
                    "tls-alpn-01" => await TryTlsAsync(authorization, expected),
                    _ => TryDns(authorization, expected),
                };
        }
        catch (Exception exception)
        {
            problem = exception.GetType().Name + ": " + exception.Message;
        }

        authorization.Error = problem;
        authorization.Status = problem is null ? "valid" : "invalid";
    }

    private async Task<string?> TryHttpAsync(CaAuthorization authorization, string expected)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{HttpPort}/.well-known/acme-challenge/{authorization.Token}");
        request.Headers.Host = $"{authorization.Name}:{HttpPort}";
        using var response = await http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        return response.StatusCode == HttpStatusCode.OK && body == expected ? null : $"got {(int)response.StatusCode}: {body}";
    }

    private async Task<string?> TryTlsAsync(CaAuthorization authorization, string expected)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, TlsPort);
        await using var stream = new SslStream(client.GetStream());
        X509Certificate2? seen = null;
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = authorization.Name,
            ApplicationProtocols = [new("acme-tls/1")],
            RemoteCertificateValidationCallback = (_, certificate, _, _) => (seen = X509CertificateLoader.LoadCertificate(certificate!.GetRawCertData())) is not null,
        });
        var digest = SHA256.HashData(Encoding.ASCII.GetBytes(expected));
        var identifier = seen!.Extensions.FirstOrDefault(extension => extension.Oid!.Value == "1.3.6.1.5.5.7.1.31");
        return stream.NegotiatedApplicationProtocol.ToString() != "acme-tls/1" ? "another protocol"
            : identifier is not { Critical: true } || !identifier.RawData.AsSpan().SequenceEqual((byte[])[4, 32, .. digest]) ? "another certificate"
            : seen.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single().EnumerateDnsNames().SequenceEqual([authorization.Name]) ? null
            : "another name";
    }

    private string? TryDns(CaAuthorization authorization, string expected)
    {
        var value = Encode(SHA256.HashData(Encoding.ASCII.GetBytes(expected)));
        lock (DnsRecords)
        {
            return DnsRecords.GetValueOrDefault("_acme-challenge." + authorization.Name) == value ? null : "no such record";
        }
    }
}

using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Ingress.Routing.Forwarding.Tests;

/// <summary>Endpoints that speak TLS are verified like any web site, unless the host application says otherwise.</summary>
public sealed class TlsDestinationTests : IDisposable
{
    private readonly X509Certificate2 _certificate;

    public TlsDestinationTests()
    {
        var secret = TestCertificates.Secret("web", "shop.test");
        _certificate = X509Certificate2.CreateFromPem(secret.CertificatePem, secret.KeyPem);
    }

    [Theory]
    [InlineData("https")]
    [InlineData("HTTPS")]
    [InlineData("kubernetes.io/wss")]
    public async Task UnknownCertificate_Is502(string appProtocol)
    {
        await using var backend = await StartBackendAsync();
        await using var proxy = await Proxy.StartAsync(Cluster.Of(appProtocol, backend.Port));

        Assert.Equal((HttpStatusCode.BadGateway, "502"), await GetAsync(proxy, "shop.test"));
    }

    [Fact]
    public async Task KnownCertificate_ForTheHostOfTheRequest_IsServedOverTheNegotiatedProtocol()
    {
        await using var backend = await StartBackendAsync();
        await using var proxy = await Proxy.StartAsync(Cluster.Of("https", backend.Port), Trust);

        Assert.Equal((HttpStatusCode.OK, "https HTTP/2"), await GetAsync(proxy, "shop.test"));
    }

    [Fact]
    public async Task KnownCertificate_ForAnotherHost_Is502()
    {
        await using var backend = await StartBackendAsync();
        await using var proxy = await Proxy.StartAsync(Cluster.Of("https", backend.Port), Trust);

        Assert.Equal((HttpStatusCode.BadGateway, "502"), await GetAsync(proxy, "other.test"));
    }

    public void Dispose() => _certificate.Dispose();

    private static async Task<(HttpStatusCode Status, string Text)> GetAsync(Proxy proxy, string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = host } };
        using var response = await proxy.Client.SendAsync(request).InTime();
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, response.IsSuccessStatusCode ? text : text[..3]);
    }

    private void Trust(IngressForwardingOptions options) => options.ConfigureHandler = handler =>
    {
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.Add(_certificate);
    };

    private Task<Backend> StartBackendAsync() => Backend.StartAsync(
        app => app.Run(context => context.Response.WriteAsync($"{context.Request.Scheme} {context.Request.Protocol}")),
        listen =>
        {
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            listen.UseHttps(_certificate);
        });
}

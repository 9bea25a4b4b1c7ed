using System.Security.Cryptography.X509Certificates;
using Ingress.Routing.Forwarding.Tests.Backends;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Forwarding.Tests.Faults;

/// <summary>Backends with which TLS cannot be agreed on.</summary>
public sealed class TlsFaultTests
{
    private static readonly (string, string)[] s_annotations =
        [("backend-protocol", "https"), ("backend-tls-secret", "trust"), ("backend-tls-verify", "false"), ("load-balancing", "round-robin")];

    [Theory]
    [InlineData("1.2")]
    [InlineData("1.3")]
    public async Task BackendThatRefusesOurCertificate_Is502_AndItsNeighbourIsAsked(string version)
    {
        var client = TestCertificates.Secret("t/trust", "gateway.internal");
        await using var refusing = await StartAsync(accepts: false);
        await using var accepting = await StartAsync(accepts: true);
        var log = new LogLines(LogLevel.Information);
        await using var proxy = await Proxy.StartAsync(
            Site.Of([refusing.Port], [.. s_annotations, ("backend-tls-versions", version)]) with { Secrets = [client] },
            services: services => services.AddLogging(logging => logging.AddProvider(log)));
        Assert.StartsWith("502", await proxy.GetAsync(), StringComparison.Ordinal);
        Assert.Contains(log.Entries, static line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("Status 502", StringComparison.Ordinal));

        proxy.Publish(Site.Of([refusing.Port, accepting.Port], [.. s_annotations, ("backend-tls-versions", version)]) with { Secrets = [client] });

        for (var i = 0; i < 6; i++)
        {
            Assert.Equal("200 gateway.internal", await proxy.GetAsync());
        }

        Assert.Contains(log.Entries, line => line.Contains($"https://127.0.0.1:{refusing.Port} failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task BackendWhoseCertificateIsNotTrusted_IsLeftForOneWhoseIs_WhateverTheMethod()
    {
        var trusted = TestCertificates.Secret("web", "shop.test");
        await using var untrusted = await StartAsync(accepts: true, TestCertificates.Secret("other", "shop.test"));
        await using var good = await StartAsync(accepts: true, trusted);
        await using var proxy = await Proxy.StartAsync(
            Site.Of([untrusted.Port, good.Port], ("backend-protocol", "https"), ("backend-tls-secret", "trust"), ("load-balancing", "round-robin")) with
            {
                Secrets = [TestCertificates.Secret("t/trust", "gateway.internal") with { AuthoritiesPem = trusted.CertificatePem }],
            });

        for (var i = 0; i < 6; i++)
        {
            Assert.Equal(200, await proxy.StatusAsync(HttpMethod.Post, new StringContent("body")));
        }
    }

    private static Task<Backend> StartAsync(bool accepts, Model.SecretResource? certificate = null) => Backend.StartAsync(
        static app => app.Run(static context => context.Response.WriteAsync(context.Connection.ClientCertificate?.GetNameInfo(X509NameType.DnsName, false) ?? "none")),
        listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            var secret = certificate ?? TestCertificates.Secret("web", "shop.test");
            listen.UseHttps(X509Certificate2.CreateFromPem(secret.CertificatePem!, secret.KeyPem!), https =>
            {
                https.ClientCertificateMode = Microsoft.AspNetCore.Server.Kestrel.Https.ClientCertificateMode.RequireCertificate;
                https.ClientCertificateValidation = (_, _, _) => accepts;
            });
        });
}

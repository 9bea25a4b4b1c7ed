using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ingress.Routing.Model;

namespace Ingress.Routing.AspNetCore.Tests.Kestrel;

/// <summary>RSA and ECDSA for one name: each client gets the first that it can verify (D24). The client is OpenSSL's.</summary>
public sealed class KeyKindTests
{
    [TheoryWithTool("openssl")]
    [InlineData("-tls1_3", "ECDSA+SHA256", null, "id-ecPublicKey")]
    [InlineData("-tls1_3", "RSA-PSS+SHA256", null, "rsaEncryption")]
    [InlineData("-tls1_2", "ECDSA+SHA256", null, "id-ecPublicKey")]
    [InlineData("-tls1_2", "RSA+SHA256", null, "rsaEncryption")]
    [InlineData("-tls1_2", null, "ECDHE-RSA-AES128-GCM-SHA256", "rsaEncryption")]
    [InlineData("-tls1_2", null, "ECDHE-ECDSA-AES128-GCM-SHA256", "id-ecPublicKey")]
    [InlineData("-tls1_3", null, null, "id-ecPublicKey")]
    [InlineData("-tls1_2", null, null, "id-ecPublicKey")]
    public async Task Handshake_WhatTheClientOffers_ChoosesTheKey(string version, string? signatures, string? cipher, string expected)
    {
        await using var site = await TlsSite.StartAsync(Snapshot());
        List<string> args = ["s_client", "-connect", $"127.0.0.1:{site.Port}", "-servername", "dual.test", version];
        args.AddRange(signatures is null ? [] : ["-sigalgs", signatures]);
        args.AddRange(cipher is null ? [] : ["-cipher", cipher]);

        var (exitCode, handshake, error) = await ExternalTool.RunAsync("openssl", [.. args]);
        var (_, text, _) = await ExternalTool.TalkAsync("openssl", handshake, "x509", "-noout", "-text");

        Assert.True(exitCode == 0, error);
        Assert.Contains($"Public Key Algorithm: {expected}", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handshake_PlatformClient_IsServed()
    {
        await using var site = await TlsSite.StartAsync(Snapshot());

        Assert.Equal(200, (await site.Client("dual.test").GetAsync("dual.test")).Status);
        Assert.True(site.Router.Current.HasSeveralKeyKinds);
    }

    private static ClusterSnapshot Snapshot() => new()
    {
        Ingresses =
        [
            Some.Ingress("shop/dual", [Some.Rule("dual.test", Some.Prefix("/"))], tls: [Some.Tls("ecdsa", "dual.test"), Some.Tls("rsa", "dual.test")]),
        ],
        Secrets = [TestCertificates.Secret("shop/ecdsa", "dual.test"), RsaSecret()],
    };

    private static SecretResource RsaSecret()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=rsa", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("dual.test");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return new() { Metadata = Some.Metadata("shop/rsa"), CertificatePem = certificate.ExportCertificatePem(), KeyPem = key.ExportPkcs8PrivateKeyPem() };
    }
}

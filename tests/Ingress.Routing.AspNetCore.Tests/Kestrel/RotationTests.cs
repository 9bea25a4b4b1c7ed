using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ingress.Routing.Model;

namespace Ingress.Routing.AspNetCore.Tests.Kestrel;

/// <summary>Certificates that change while clients connect.</summary>
public sealed class RotationTests
{
    private const int Rotations = 100;

    [Fact]
    public async Task Change_HundredRotationsUnderLoad_LoseNoConnection()
    {
        await using var site = await TlsSite.StartAsync();
        var versions = Enumerable.Range(0, 4).Select(static _ => NewVersion()).ToList();
        using var done = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 4).Select(_ => Task.Run(() => ConnectUntilAsync(site, done.Token))).ToList();

        // Each rotation is followed by a handshake of its own, so that there is one under every version.
        for (var i = 0; i < Rotations; i++)
        {
            var (secret, serialNumber) = versions[i % versions.Count];
            site.Change(secret with { Type = $"version {i}" });
            await using var stream = await site.Client("open.test").ConnectAsync();
            Assert.Equal(serialNumber, stream.RemoteCertificate!.GetSerialNumberString());
        }

        await done.CancelAsync();
        var counts = await Task.WhenAll(clients).WaitAsync(TimeSpan.FromMinutes(1));
        Assert.All(counts, static count => Assert.True(count > 0));
    }

    [Fact]
    public async Task Change_Certificate_ConnectionInFlightGoesOn()
    {
        await using var site = await TlsSite.StartAsync();
        await using var stream = await site.Client("open.test").ConnectAsync();

        site.Change(NewVersion().Secret);

        Assert.Equal(200, (await TlsClient.SendAsync(stream, "GET / HTTP/1.1\r\nHost: open.test\r\nConnection: close\r\n\r\n")).Status);
    }

    // Any failure ends the task and thereby the test.
    private static async Task<int> ConnectUntilAsync(TestSite site, CancellationToken done)
    {
        var count = 0;
        while (!done.IsCancellationRequested)
        {
            Assert.Equal(200, (await site.Client("open.test").GetAsync("open.test")).Status);
            count++;
        }

        return count;
    }

    private static (SecretResource Secret, string SerialNumber) NewVersion()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=rotated", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("*.test");
        request.CertificateExtensions.Add(names.Build());
        var now = DateTimeOffset.UtcNow;
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        SecretResource secret = new()
        {
            Metadata = Some.Metadata("shop/cert"),
            CertificatePem = certificate.ExportCertificatePem(),
            KeyPem = key.ExportPkcs8PrivateKeyPem(),
        };
        return (secret, certificate.SerialNumber);
    }
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;
using Ingress.Routing.Tls;

namespace Ingress.Routing.Tests.Tls;

/// <summary>Reading a Secret comes to what the platform comes to, whatever stands in it.</summary>
public sealed class TlsSecretReadingTests
{
    private static readonly SampleCertificate s_p256 = SampleCertificate.P256;
    private static readonly SampleCertificate s_rsa = SampleCertificate.Rsa;

    public static TheoryData<string, string, string> Common => new()
    {
        { "P-256, PKCS#8", s_p256.CertificatePem, s_p256.Pkcs8Pem },
        { "P-256, SEC1", s_p256.CertificatePem, s_p256.OwnPem },
        { "P-256, SEC1 behind its parameters", s_p256.CertificatePem, Block("EC PARAMETERS", [6, 8, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 3, 1, 7]) + "\n" + s_p256.OwnPem },
        { "RSA, PKCS#8", s_rsa.CertificatePem, s_rsa.Pkcs8Pem },
        { "RSA, PKCS#1", s_rsa.CertificatePem, s_rsa.OwnPem },
        { "other line ends", s_rsa.CertificatePem.ReplaceLineEndings("\r\n"), s_rsa.Pkcs8Pem.ReplaceLineEndings("\r\n") },
        { "text around", "Bag Attributes\n  name: x\n" + s_p256.CertificatePem + "\nthe end", "a key:\n" + s_p256.Pkcs8Pem + "\n\n" },
        { "intermediates", s_p256.CertificatePem + "\n" + s_rsa.CertificatePem + "\n", s_p256.Pkcs8Pem },
        { "two keys, the first one counts", s_p256.CertificatePem, s_p256.Pkcs8Pem + "\n" + s_rsa.Pkcs8Pem },
        { "another kind of key before", s_p256.CertificatePem, s_rsa.OwnPem + "\n" + s_p256.OwnPem },
        { "the key in front of the certificate", s_p256.Pkcs8Pem + "\n" + s_p256.CertificatePem, s_p256.CertificatePem + "\n" + s_p256.Pkcs8Pem },
        { "no line ends at all", OneLine(s_p256.CertificatePem), OneLine(s_p256.Pkcs8Pem) },
    };

    [Theory]
    [MemberData(nameof(Common), DisableDiscoveryEnumeration = true)]
    public void TryRead_CommonForm_NeedsNoPlatform(string form, string certificate, string key)
    {
        var secret = Secret(certificate, key);

        var own = PemCertificate.TryRead(secret, secret.CertificatePem!, secret.KeyPem!);
        var platform = PlatformCertificate.Read(secret).Certificate;

        Assert.True(own is not null && platform is not null, form);
        Assert.Equal(platform!.DnsNames, own!.DnsNames);
        Assert.Equal(platform.KeyKind, own.KeyKind);
        Assert.Equal(platform.NotBefore, own.NotBefore);
        Assert.Equal(platform.NotAfter, own.NotAfter);
        own.CreateCertificate().Dispose();
    }

    public static TheoryData<string, string, string> Uncommon
    {
        get
        {
            var agreeing = SampleCertificate.Create("P-256", X509KeyUsageFlags.KeyAgreement);
            var both = SampleCertificate.Create("P-256", X509KeyUsageFlags.KeyAgreement | X509KeyUsageFlags.DigitalSignature);
            var unused = SampleCertificate.Create("P-256", X509KeyUsageFlags.KeyCertSign);
            var without = SampleCertificate.Create("P-384", usages: null);
            var brainpool = SampleCertificate.Create("brainpool");
            var small = SampleCertificate.Create("RSA-1024", X509KeyUsageFlags.KeyEncipherment);
            var many = SampleCertificate.Create("P-256", null, [.. Enumerable.Range(0, 300).Select(i => $"n{i % 200}.many.test")]);
            var international = SampleCertificate.Create("P-256", null, "xn--caf-dma.test", "*.XN--CAF-DMA.test", "*.*.test", "_x.test", "127.0.0.1", "final.test.");
            return new()
            {
                { "agreement", agreeing.CertificatePem, agreeing.Pkcs8Pem },
                { "agreement and signing", both.CertificatePem, both.OwnPem },
                { "signing of certificates", unused.CertificatePem, unused.Pkcs8Pem },
                { "no usages", without.CertificatePem, without.Pkcs8Pem },
                { "another curve", brainpool.CertificatePem, brainpool.Pkcs8Pem },
                { "small", small.CertificatePem, small.OwnPem },
                { "many names, some twice", many.CertificatePem, many.Pkcs8Pem },
                { "odd names", international.CertificatePem, international.Pkcs8Pem },
                { "mixed up", s_p256.CertificatePem, s_rsa.Pkcs8Pem },
                { "wrong label", s_p256.CertificatePem, Block("RSA PRIVATE KEY", s_p256.OwnForm) },
                { "wrong wrapping", s_p256.CertificatePem, Block("PRIVATE KEY", s_p256.OwnForm) },
                { "bad key before the good one", s_p256.CertificatePem, Block("PRIVATE KEY", [1, 2, 3]) + "\n" + s_p256.Pkcs8Pem },
                { "key of another before", s_p256.CertificatePem, s_rsa.Pkcs8Pem + "\n" + s_p256.Pkcs8Pem },
                { "broken intermediate", s_p256.CertificatePem + "\n" + Block("CERTIFICATE", [0x30, 0]), s_p256.Pkcs8Pem },
                { "broken base64", s_p256.CertificatePem.Replace('M', '!'), s_p256.Pkcs8Pem },
                { "something after the certificate", Block("CERTIFICATE", [.. s_p256.Certificate, 0]), s_p256.Pkcs8Pem },
                { "another label", Block("TRUSTED CERTIFICATE", s_p256.Certificate), s_p256.Pkcs8Pem },
                { "encrypted", s_p256.CertificatePem, s_p256.Pkcs8Pem.Replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY", StringComparison.Ordinal) },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Uncommon), DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Common), DisableDiscoveryEnumeration = true)]
    public void Read_AnyForm_ComesToWhatThePlatformComesTo(string form, string certificate, string key)
    {
        var secret = Secret(certificate, key);

        var own = secret.Read();
        var platform = PlatformCertificate.Read(secret);

        Assert.Equal(Describe(form, platform), Describe(form, own));
    }

    [Fact]
    public void Read_KeyThatTlsCannotServeWith_IsUnusable()
    {
        using var dsa = DSA.Create(1024);
        using var issuer = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = new X500DistinguishedName("CN=unused.test");
        var request = new CertificateRequest(name, new PublicKey(dsa), HashAlgorithmName.SHA256);
        using var certificate = request.Create(
            name, X509SignatureGenerator.CreateForECDsa(issuer), DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100), [1]);

        var reading = Secret(certificate.ExportCertificatePem(), dsa.ExportPkcs8PrivateKeyPem()).Read();

        Assert.Null(reading.Certificate);
        Assert.Contains("of a kind that is not supported", reading.Problem, StringComparison.Ordinal);
    }

    // Any content: it never throws, and nothing of it is said.
    [Fact]
    public void Read_GarbageInPem_NeverThrows()
    {
        var random = new Random(7);
        string[] pieces =
        [
            "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----", "-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----", "-----BEGIN ",
            "\n", "\r\n", " ", "MII", "====", "\0", "é", "-----", s_p256.CertificatePem, s_p256.Pkcs8Pem, s_rsa.OwnPem, s_p256.CertificatePem[..200],
            Block("CERTIFICATE", [0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF]), Block("CERTIFICATE", [0x30, 0x80, 0, 0]), Block("PRIVATE KEY", [0x30, 0x83, 0xFF, 0xFF, 0xFF]),
        ];
        for (var i = 0; i < 2_000; i++)
        {
            var reading = Secret(Text(), Text()).Read();

            Assert.True(reading.Certificate is null == reading.Problem is not null);
        }

        string Text() => string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => pieces[random.Next(pieces.Length)]));
    }

    [Fact]
    public void TryRead_RandomDer_NeverThrows()
    {
        var random = new Random(11);
        for (var i = 0; i < 200_000; i++)
        {
            var data = (byte[])(i % 2 == 0 ? s_p256.Certificate : s_p256.Pkcs8).Clone();
            for (var changes = random.Next(1, 8); changes > 0; changes--)
            {
                data[random.Next(data.Length)] = (byte)random.Next(256);
            }

            DerCertificate.TryRead(data.AsSpan(0, random.Next(data.Length + 1)), out _);
            DerCertificate.TryRead(data, out _);
        }
    }

    private static string Describe(string form, TlsSecretReading reading)
        => $"{form}: {(reading.Certificate is { } it ? $"{it.KeyKind} {it.NotBefore:u} {it.NotAfter:u} {string.Join(',', it.DnsNames)}" : reading.Problem)}";

    private static string OneLine(string pem) => pem.Replace("\n", "", StringComparison.Ordinal);

    private static string Block(string label, byte[] data) => PemEncoding.WriteString(label, data);

    private static SecretResource Secret(string certificate, string key)
        => new() { Metadata = Some.Metadata("crt"), CertificatePem = certificate, KeyPem = key };
}

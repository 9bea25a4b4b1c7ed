using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;
using Ingress.Routing.Tls;

namespace Ingress.Routing.Tests.Tls;

/// <summary>What is read without the platform the platform reads too, and reads alike: every byte is changed in turn.</summary>
public sealed class CertificateMutationTests
{
    private static readonly byte[] s_changes = [0x01, 0x02, 0x20, 0x80, 0xFF];

    [Theory]
    [InlineData("P-256")]
    [InlineData("RSA-2048")]
    [InlineData("P-384")]
    public void TryRead_AnyChangedByte_IsReadByThePlatformAlike(string name)
    {
        var sample = SampleCertificate.Named(name);
        AssertAgrees(sample.Certificate, "unchanged", mustBeRead: true);
        var read = Mutations(sample.Certificate).Count(item => AssertAgrees(item.Data, item.Text, mustBeRead: false));

        // Otherwise nothing was tested: the signature alone can be anything.
        Assert.True(read > 200, read.ToString(CultureInfo.InvariantCulture));
    }

    // The key is judged together with the certificate, which says by its usages what it is a key for.
    [Theory]
    [InlineData("P-256")]
    [InlineData("RSA-2048")]
    public void Read_AnyChangedByteOfTheCertificate_IsUsedByThePlatform(string name)
    {
        var sample = SampleCertificate.Named(name);
        Assert.NotNull(Read(sample.CertificatePem, sample.Pkcs8Pem));
        foreach (var (data, text) in Mutations(sample.Certificate, name == "P-256" ? [0x01, 0x80, 0xFF] : [0x01]))
        {
            var pem = PemEncoding.WriteString("CERTIFICATE", data);
            if (Read(pem, sample.Pkcs8Pem) is not null)
            {
                AssertUsable(pem, sample.Pkcs8Pem, text);
            }
        }
    }

    [Theory]
    [InlineData("P-256", true)]
    [InlineData("P-256", false)]
    [InlineData("P-521", true)]
    [InlineData("RSA-2048", true)]
    [InlineData("RSA-2048", false)]
    public void Fits_AnyChangedByteOfTheKey_IsUsedByThePlatform(string name, bool isWrapped)
    {
        var sample = SampleCertificate.Named(name);
        Assert.True(DerCertificate.TryRead(sample.Certificate, out var certificate));
        var key = isWrapped ? sample.Pkcs8 : sample.OwnForm;
        Assert.True(CertificateKey.Fits(certificate, key, isWrapped));
        foreach (var (data, text) in Mutations(key))
        {
            if (CertificateKey.Fits(certificate, data, isWrapped))
            {
                AssertUsable(sample.CertificatePem, PemEncoding.WriteString(isWrapped ? "PRIVATE KEY" : sample.OwnLabel, data), text);
            }
        }
    }

    [Fact]
    public void Fits_KeyOfAnother_IsFalse()
    {
        foreach (var name in new[] { "P-256", "RSA-2048" })
        {
            Assert.True(DerCertificate.TryRead(SampleCertificate.Named(name).Certificate, out var certificate));
            var other = SampleCertificate.Create(name);

            Assert.False(CertificateKey.Fits(certificate, other.Pkcs8, isWrapped: true));
            Assert.False(CertificateKey.Fits(certificate, other.OwnForm, isWrapped: false));
        }
    }

    private static IEnumerable<(byte[] Data, string Text)> Mutations(byte[] original, byte[]? changes = null)
    {
        for (var i = 0; i < original.Length; i++)
        {
            foreach (var change in changes ?? s_changes)
            {
                var changed = (byte[])original.Clone();
                changed[i] ^= change;
                yield return (changed, string.Create(CultureInfo.InvariantCulture, $"byte {i} xor {change}"));
            }

            yield return ([.. original[..i], .. original[(i + 1)..]], string.Create(CultureInfo.InvariantCulture, $"without byte {i}"));
            yield return ([.. original[..i], 0, .. original[i..]], string.Create(CultureInfo.InvariantCulture, $"zero before byte {i}"));
            yield return (original[..i], string.Create(CultureInfo.InvariantCulture, $"first {i} bytes"));
        }

        yield return ([.. original, 0], "zero at the end");
    }

    private static bool AssertAgrees(byte[] der, string text, bool mustBeRead)
    {
        if (!DerCertificate.TryRead(der, out var certificate))
        {
            Assert.False(mustBeRead, text);
            return false;
        }

        using var loaded = Load(() => X509CertificateLoader.LoadCertificate(der), text);
        Assert.True(loaded.NotBefore.ToUniversalTime() == certificate.NotBefore.UtcDateTime, text);
        Assert.True(loaded.NotAfter.ToUniversalTime() == certificate.NotAfter.UtcDateTime, text);
        var names = loaded.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(extension => extension.EnumerateDnsNames());
        Assert.True(names.SequenceEqual(certificate.DnsNames()), text);
        var expected = CertificateKey.KindOf(certificate) switch
        {
            CertificateKeyKinds.Rsa => "1.2.840.113549.1.1.1",
            CertificateKeyKinds.Ecdsa => "1.2.840.10045.2.1",
            _ => loaded.GetKeyAlgorithm(),
        };
        Assert.True(expected == loaded.GetKeyAlgorithm(), text);
        return true;
    }

    private static TlsCertificate? Read(string certificate, string key)
        => PemCertificate.TryRead(new SecretResource { Metadata = Some.Metadata("crt") }, certificate, key);

    private static void AssertUsable(string certificate, string key, string text)
        => Load(() => X509Certificate2.CreateFromPem(certificate, key), text).Dispose();

    private static X509Certificate2 Load(Func<X509Certificate2> load, string text)
    {
        try
        {
            return load();
        }
        catch (CryptographicException exception)
        {
            throw new InvalidOperationException($"The platform refuses {text}: {exception.Message}", exception);
        }
    }
}

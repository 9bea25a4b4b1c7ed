using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ingress.Routing.Gateway.DevCertificates;

namespace Ingress.Routing.Gateway.Tests.DevCertificates;

public sealed class DevCertificateAuthorityTests : IDisposable
{
    private static readonly DateTimeOffset s_now = DateTimeOffset.UtcNow;

    private readonly X509Certificate2 _ca;
    private readonly DevCertificateAuthority _authority;

    public DevCertificateAuthorityTests()
    {
        using var certificate = DevCertificateAuthority.Create(s_now, out var keyPem);
        _ca = X509Certificate2.CreateFromPem(certificate.ExportCertificatePem(), keyPem);
        _authority = new(_ca);
    }

    public void Dispose() => _authority.Dispose();

    [Fact]
    public void Issue_Host_IsForThatNameAlone()
    {
        using var issued = Issue("shop.example.test");

        var names = Assert.Single(issued.Extensions.OfType<X509SubjectAlternativeNameExtension>());
        Assert.Equal(["shop.example.test"], names.EnumerateDnsNames());
        Assert.Empty(names.EnumerateIPAddresses());
        Assert.Equal("CN=ingress-gateway development certificate", issued.Subject);
        Assert.False(Assert.Single(issued.Extensions.OfType<X509BasicConstraintsExtension>()).CertificateAuthority);
        Assert.Equal(X509KeyUsageFlags.DigitalSignature, Assert.Single(issued.Extensions.OfType<X509KeyUsageExtension>()).KeyUsages);
        var usage = Assert.Single(Assert.Single(issued.Extensions.OfType<X509EnhancedKeyUsageExtension>()).EnhancedKeyUsages.Cast<Oid>());
        Assert.Equal("1.3.6.1.5.5.7.3.1", usage.Value);
        Assert.Equal(
            Assert.Single(_ca.Extensions.OfType<X509SubjectKeyIdentifierExtension>()).SubjectKeyIdentifierBytes.ToArray(),
            Assert.Single(issued.Extensions.OfType<X509AuthorityKeyIdentifierExtension>()).KeyIdentifier?.ToArray());
        Assert.True(issued.HasPrivateKey);
    }

    [Fact]
    public void Issue_Host_IsValidForAtMost90Days()
    {
        using var issued = Issue("shop.example.test");

        Assert.InRange(issued.NotAfter - issued.NotBefore, TimeSpan.FromDays(80), TimeSpan.FromDays(90));
        Assert.True(issued.NotBefore < s_now.AddMinutes(-5));
    }

    [Fact]
    public void Issue_Twice_HasAnotherSerialNumberAndKey()
    {
        using var first = Issue("a.test");
        using var second = Issue("a.test");

        Assert.NotEqual(first.SerialNumber, second.SerialNumber);
        Assert.Equal(16, first.SerialNumberBytes.Length);
        Assert.InRange(first.SerialNumberBytes.Span[0], 0x40, 0x7F);
        Assert.NotEqual(first.GetPublicKey(), second.GetPublicKey());
    }

    [Theory]
    [InlineData("shop.example.test")]
    [InlineData("xn--caf-dma.example")]
    [InlineData("under_score.test")]
    [InlineData("localhost")]
    public void Issue_Host_IsTrustedByWhoTrustsTheCa(string host)
    {
        using var issued = Issue(host);

        AssertTrusted(issued);
        Assert.True(issued.MatchesHostname(host));
        Assert.False(issued.MatchesHostname("other.test"));
    }

    [Fact]
    public void Issue_LongestName_FitsAlthoughACommonNameWouldNot()
    {
        var label = new string('a', 63);
        var host = $"{label}.{label}.{label}.{new string('b', 61)}";
        Assert.Equal(253, host.Length);

        using var issued = Issue(host);

        AssertTrusted(issued);
        Assert.Equal([host], issued.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single().EnumerateDnsNames());
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("::1", "::1")]
    [InlineData("::ffff:127.0.0.1", "127.0.0.1")]
    [InlineData("fe80::1%1", "fe80::1")]
    public void Issue_Machine_HasItsAddressAndLocalhost(string address, string expected)
    {
        using var issued = _authority.Issue(DevCertificateName.ForMachine(IPAddress.Parse(address)), s_now);

        var names = issued.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        Assert.Equal([IPAddress.Parse(expected)], names.EnumerateIPAddresses());
        Assert.Equal(["localhost"], names.EnumerateDnsNames());
        AssertTrusted(issued);
    }

    [Fact]
    public void Issue_NearTheEndOfTheCa_EndsWithIt()
    {
        using var issued = _authority.Issue(DevCertificateName.ForHost("a.test")!, new DateTimeOffset(_ca.NotAfter).AddDays(-10));

        Assert.Equal(_ca.NotAfter, issued.NotAfter);
    }

    [Theory]
    [InlineData("*.example.test")]
    [InlineData("a*.test")]
    [InlineData("a,b.test")]
    [InlineData("a%00.test")]
    [InlineData("A.test")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.test")]
    public void ForHost_NameThatIsNoHost_IsNone(string name) => Assert.Null(DevCertificateName.ForHost(name));

    [Fact]
    public void ForHost_TooLong_IsNone() => Assert.Null(DevCertificateName.ForHost(string.Join('.', Enumerable.Repeat("abc", 64))));

    // Punycode that means nothing: nobody can ask for it in Unicode, and it must not end in an exception that nobody expects.
    [Theory]
    [InlineData("xn--a.test")]
    [InlineData("xn--zzzzzzzzzz-.test")]
    [InlineData("xn--.test")]
    [InlineData("ab--cd.test")]
    [InlineData("-a-.test")]
    public void Issue_StrangeName_IsTakenAsItIs(string host)
    {
        using var issued = Issue(host);

        Assert.Equal([host], issued.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single().EnumerateDnsNames());
    }

    private X509Certificate2 Issue(string host) => _authority.Issue(DevCertificateName.ForHost(host)!, s_now);

    private void AssertTrusted(X509Certificate2 issued)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_ca);
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        Assert.True(chain.Build(issued), string.Join(", ", chain.ChainStatus.Select(status => status.StatusInformation)));
    }
}

using System.Security.Cryptography.X509Certificates;
using Ingress.Routing.Tests.Shared;
using Ingress.Routing.Tls;

namespace Ingress.Routing.Tests.TlsPolicies;

/// <summary>Who is let in, and who is not.</summary>
public sealed class ClientCertificateTrustTests
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private static readonly TestAuthority s_root = new("root");
    private static readonly TestAuthority s_middle = new("middle", s_root);
    private static readonly TestAuthority s_lower = new("lower", s_middle);
    private static readonly TestAuthority s_stranger = new("root");
    private static readonly X509Certificate2 s_alice = s_root.Client("alice");

    [Fact]
    public void Verify_IssuedByTrustedAuthority_SaysWhoItIs()
    {
        var result = Trust(s_root.Pem).Verify(s_root.Client("O=Some Company, CN=alice"), [], DateTimeOffset.UtcNow);

        Assert.Equal(ClientCertificateOutcome.Verified, result.Outcome);
        Assert.Null(result.Reason);
        Assert.Equal("O=Some Company,CN=alice", result.Subject);
        Assert.Equal("CN=root", result.Issuer);
        Assert.Equal(64, result.Fingerprint!.Length);
        Assert.NotEmpty(result.SerialNumber!);
    }

    [Fact]
    public void Verify_AuthorityOfTheSameNameWithAnotherKey_IsNotTrusted()
        => AssertFails("signature", Trust(s_root.Pem), s_stranger.Client("alice"));

    [Fact]
    public void Verify_UnknownAuthority_IsNotTrusted()
        => AssertFails("no trusted authority", Trust(s_root.Pem), new TestAuthority("other").Client("alice"));

    [Theory]
    [InlineData(-3, -1)]
    [InlineData(1, 3)]
    public void Verify_OutsideItsTime_Fails(int from, int until)
        => AssertFails("expired", Trust(s_root.Pem), s_root.Client("alice", from, until));

    [Fact]
    public void Verify_MeantForServers_Fails()
        => AssertFails("not meant for clients", Trust(s_root.Pem), s_root.Client("alice", usage: ServerAuthentication));

    [Fact]
    public void Verify_NoUsageAtAll_IsFineForAll()
        => AssertVerifies(Trust(s_root.Pem), s_root.Client("alice", usage: null));

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void Verify_TwoIntermediates_CountAsDepth(int maxIntermediates, bool isVerified)
    {
        var result = Trust(s_root.Pem, maxIntermediates: maxIntermediates)
            .Verify(s_lower.Client("alice"), [s_lower.Certificate, s_middle.Certificate], DateTimeOffset.UtcNow);

        Assert.Equal(isVerified, result.Outcome == ClientCertificateOutcome.Verified);
    }

    [Fact]
    public void Verify_IntermediateMissing_Fails() => AssertFails("no trusted authority", Trust(s_root.Pem), s_middle.Client("alice"));

    [Fact]
    public void Verify_IntermediateIsTrustedItself_NeedsNoRoot()
    {
        var trust = Trust(s_middle.Pem, maxIntermediates: 0);

        AssertVerifies(trust, s_middle.Client("alice"));
        AssertVerifies(trust, s_middle.Client("alice"), s_root.Certificate);
        AssertFails("no trusted authority", trust, s_alice);
    }

    [Fact]
    public void Verify_CertificateIsTrustedItself_Passes()
    {
        AssertVerifies(Trust(s_alice.ExportCertificatePem()), s_alice);
        AssertFails("no trusted authority", Trust(s_alice.ExportCertificatePem()), s_root.Client("bob"));
    }

    [Fact]
    public void Verify_IssuedByAnotherClient_Fails()
    {
        var noAuthority = new TestAuthority("alice", s_root, isAuthority: false);

        AssertFails("no authority", Trust(s_root.Pem), noAuthority.Client("mallory"), noAuthority.Certificate);
    }

    [Fact]
    public void Verify_TrustedAuthoritySentAlongByAStranger_ChangesNothing()
        => AssertFails("no trusted authority", Trust(s_root.Pem), new TestAuthority("other").Client("alice"), s_root.Certificate);

    [Fact]
    public void Verify_Revoked_Fails()
    {
        var list = s_root.RevocationList(-1, 1, s_alice);

        AssertFails("revoked", Trust(s_root.Pem, list), s_alice);
        AssertVerifies(Trust(s_root.Pem, list), s_root.Client("bob"));
    }

    [Fact]
    public void Verify_IntermediateRevoked_Fails()
    {
        var lists = s_root.RevocationList(-1, 1, s_middle.Certificate) + "\n" + s_middle.RevocationList(-1, 1);

        AssertFails("revoked", Trust(s_root.Pem, lists), s_middle.Client("alice"), s_middle.Certificate);
    }

    [Fact]
    public void Verify_TrustedIntermediateWasRevoked_Fails()
    {
        var lists = s_root.RevocationList(-1, 1, s_middle.Certificate) + "\n" + s_middle.RevocationList(-1, 1);

        AssertFails("revoked", Trust(s_root.Pem + "\n" + s_middle.Pem, lists), s_middle.Client("alice"));
        AssertFails("revoked", Trust(s_root.Pem + "\n" + s_alice.ExportCertificatePem(), s_root.RevocationList(-1, 1, s_alice)), s_alice);
    }

    [Fact]
    public void Verify_TrustedIntermediateBelowAnExpiredRoot_Passes()
    {
        var old = new TestAuthority("old", untilDays: -1);
        var middle = new TestAuthority("middle of old", old);

        AssertVerifies(Trust(middle.Pem), middle.Client("alice"), old.Certificate);
        AssertVerifies(Trust(middle.Pem + "\n" + old.Pem), middle.Client("alice"));
        AssertFails("expired", Trust(old.Pem), middle.Client("alice"), middle.Certificate);
    }

    [Fact]
    public void Verify_IssuerWithoutRevocationList_FailsOnceThereIsAny()
        => AssertFails("no revocation list", Trust(s_root.Pem, s_root.RevocationList(-1, 1)), s_middle.Client("alice"), s_middle.Certificate);

    [Theory]
    [InlineData(-3, -1)]
    [InlineData(1, 3)]
    public void Verify_RevocationListOutsideItsTime_Fails(int from, int until)
        => AssertFails("out of date", Trust(s_root.Pem, s_root.RevocationList(from, until)), s_alice);

    [Fact]
    public void Verify_OldListRevokes_CountsThoughANewOneDoesNot()
        => AssertFails("revoked", Trust(s_root.Pem, s_root.RevocationList(-3, -1, s_alice) + "\n" + s_root.RevocationList(-1, 1)), s_alice);

    [Fact]
    public void Verify_RevocationListOfAStranger_IsNoList()
        => AssertFails("no revocation list", Trust(s_root.Pem, s_stranger.RevocationList(-1, 1)), s_alice);

    [Fact]
    public void Of_OneRevocationListIsCutOff_TrustsNobody()
    {
        var current = s_root.RevocationList(-1, 1, s_alice);
        var cut = s_root.RevocationList(-2, 2) + "\n" + current[..(current.Length / 2)];

        Assert.Contains("ca.crl", Trust(s_root.Pem, cut).Problem, StringComparison.Ordinal);
        Assert.Contains("ca.crl", Trust(s_root.Pem, s_root.RevocationList(-2, 2) + "\n" + current.Replace("X509 CRL", "CRL", StringComparison.Ordinal)).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("nonsense")]
    [InlineData("-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----")]
    public void Of_BrokenRevocationList_TrustsNobody(string lists)
    {
        var trust = Trust(s_root.Pem, lists);

        Assert.Contains("ca.crl", trust.Problem, StringComparison.Ordinal);
        AssertFails("no authority is known", trust, s_alice);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")]
    public void Of_NoReadableAuthority_TrustsNobody(string? authorities)
    {
        var trust = Trust(authorities);

        Assert.Contains("ca.crt", trust.Problem, StringComparison.Ordinal);
        AssertFails("no authority is known", trust, s_alice);
    }

    [Fact]
    public void Of_OneBrokenAuthorityAmongGoodOnes_TrustsNobody()
        => Assert.NotNull(Trust(s_root.Pem + "\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----").Problem);

    [Fact]
    public void Of_RevocationListWithEveryByteChanged_NeverThrows()
    {
        var der = Convert.FromBase64String(string.Concat(s_root.RevocationList(-1, 1, s_alice).Split('\n')[1..^1]));
        for (var i = 0; i < der.Length; i++)
        {
            var changed = (byte[])der.Clone();
            changed[i] ^= 0x15;
            var pem = $"-----BEGIN X509 CRL-----\n{Convert.ToBase64String(changed)}\n-----END X509 CRL-----";

            Assert.Equal(ClientCertificateOutcome.Failed, Trust(s_root.Pem, pem).Verify(s_alice, [], DateTimeOffset.UtcNow).Outcome);
        }
    }

    [Fact]
    public void Equals_SameContentAndDepth_AndNothingElse()
    {
        Assert.Equal(Trust(s_root.Pem), Trust(s_root.Pem));
        Assert.NotEqual(Trust(s_root.Pem), Trust(s_root.Pem, maxIntermediates: 2));
        Assert.NotEqual(Trust(s_root.Pem), Trust(s_stranger.Pem));
        Assert.NotEqual(Trust(s_root.Pem), Trust(s_root.Pem, s_root.RevocationList(-1, 1)));
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0x30, 0x05, 0x31 })]
    public void DistinguishedName_Malformed_IsWrittenAsBytes(byte[] der)
        => Assert.Equal($"#{Convert.ToHexString(der)}", DistinguishedNameText.Of(new X500DistinguishedName(der)));

    [Fact]
    public void DistinguishedName_LineFeedUnicodeAndSpecials_AreEscaped()
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName("caf\u00E9\r\nX-Admin: 1");
        name.AddOrganizationName("Ours, Inc. \\");
        name.AddEmailAddress("a@b.test");

        var subject = DistinguishedNameText.Of(name.Build());

        Assert.DoesNotContain(subject, static c => c is < ' ' or > '~');
        Assert.Contains(@"CN=caf\C3\A9\0D\0AX-Admin: 1", subject, StringComparison.Ordinal);
        Assert.Contains(@"O=Ours\, Inc. \\", subject, StringComparison.Ordinal);
        Assert.Contains("1.2.840.113549.1.9.1=#160861", subject, StringComparison.Ordinal);
    }

    private static ClientCertificateTrust Trust(string? authorities, string? lists = null, int maxIntermediates = 1)
        => new(ClientAuthorities.Of(authorities, lists), maxIntermediates);

    private static void AssertVerifies(ClientCertificateTrust trust, X509Certificate2 certificate, params X509Certificate2[] sent)
    {
        var result = trust.Verify(certificate, sent, DateTimeOffset.UtcNow);
        Assert.True(result.Outcome == ClientCertificateOutcome.Verified, result.Reason);
    }

    private static void AssertFails(string reason, ClientCertificateTrust trust, X509Certificate2 certificate, params X509Certificate2[] sent)
    {
        var result = trust.Verify(certificate, sent, DateTimeOffset.UtcNow);
        Assert.Equal(ClientCertificateOutcome.Failed, result.Outcome);
        Assert.Contains(reason, result.Reason, StringComparison.OrdinalIgnoreCase);
    }
}

using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Ingress.Routing.Comparison;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Properties;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Comparison;

public sealed class CertificateComparisonTests
{
    private static readonly string[] s_serverNames =
    [
        "b", "a.b", "x.a.b", "y.b", "y.a.b", "A.b", "X.A.B.", "a.b.", "é.b", "xn--9ca.b", "unrelated.test", "other.test", "z.z.a.b",
        "", "127.0.0.1", "a..b", "::1",
    ];

    [Property(Arbitrary = [typeof(CertificateArbitraries)], MaxTest = 1_000, QuietOnSuccess = true)]
    public Property Compare_EveryServerName_IsInADifferenceExactlyWhenItDiffers(CertificateCase before) => Prop.ForAll(
        CertificateArbitraries.CertificateCase(),
        after =>
        {
            var comparison = RouteTableComparison.Compare(
                IngressRouteTable.Compile(before.Snapshot, before.Options), IngressRouteTable.Compile(after.Snapshot, after.Options));

            foreach (var name in s_serverNames)
            {
                var old = CertificateAnswer.Of(comparison.Before.FindCertificate(name));
                var @new = CertificateAnswer.Of(comparison.After.FindCertificate(name));
                var told = comparison.Certificates.Where(difference => difference.Contains(name));
                Assert.Equal(
                    old.IsSameAs(@new) ? [] : new[] { $"{old} -> {@new}" }, told.Select(difference => $"{difference.Before} -> {difference.After}"));
            }

            Assert.All(comparison.Certificates, difference =>
            {
                Assert.True(difference.Before.IsSameAs(CertificateAnswer.Of(comparison.Before.FindCertificate(difference.Witness))));
                Assert.True(difference.After.IsSameAs(CertificateAnswer.Of(comparison.After.FindCertificate(difference.Witness))));
                Assert.True(difference.Contains(difference.Witness));
            });
        });

    [Fact]
    public void Compare_RenewedCertificate_IsADifferenceOfTheSameSecret()
    {
        var before = Table(TestCertificates.Secret("tls", "a.test"));
        var after = Table(TestCertificates.ExpiredSecret("tls", "a.test"));

        var difference = Assert.Single(RouteTableComparison.Compare(before, after).Certificates);

        Assert.Equal(["a.test"], difference.Names.Select(name => name.Pattern));
        Assert.Equal(difference.Before.Secret, difference.After.Secret);
        Assert.NotEqual(difference.Before.Fingerprint, difference.After.Fingerprint);
    }

    [Fact]
    public void Compare_SecretGone_IsRefusedAfterwards()
    {
        var difference = Assert.Single(RouteTableComparison.Compare(Table(TestCertificates.Secret("tls", "a.test")), Table()).Certificates);

        Assert.Equal(new NamespacedName("default", "tls"), difference.Before.Secret);
        Assert.Equal("refused", difference.After.ToString());
    }

    [Fact]
    public void Fingerprint_IsThatOfTheCertificate()
    {
        var table = Table(TestCertificates.Secret("tls", "a.test"));
        using var certificate = table.FindCertificate("a.test")!.CreateCertificate();

        var answer = CertificateAnswer.Of(table.FindCertificate("a.test"));

        Assert.Equal(certificate.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256), answer.Fingerprint, ignoreCase: true);
    }

    private static IngressRouteTable Table(params SecretResource[] secrets) => IngressRouteTable.Compile(new()
    {
        Ingresses = [Some.Ingress("shop", defaultBackend: Some.Backend("web"), tls: [Some.Tls("tls", "a.test")])],
        Secrets = secrets,
    });
}

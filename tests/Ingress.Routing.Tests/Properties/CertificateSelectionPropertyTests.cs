using FsCheck.Xunit;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Properties;

/// <summary>The certificate chosen is the one that D17 and D24, taken literally, choose.</summary>
public sealed class CertificateSelectionPropertyTests
{
    [Property(Arbitrary = [typeof(CertificateArbitraries)], MaxTest = 10_000, QuietOnSuccess = true)]
    public void FindCertificate_AnyEntriesAndServerName_AgreesWithReference(CertificateCase value)
    {
        var expected = Reference(value).Select(value.ServerName);

        var actual = IngressRouteTable.Compile(value.Snapshot, value.Options).FindCertificate(value.ServerName)?.Secret.Name;

        Assert.True(expected == actual, $"the reference says '{expected}', the table '{actual}'{value}");
    }

    [Property(Arbitrary = [typeof(CertificateArbitraries)], MaxTest = 10_000, QuietOnSuccess = true)]
    public void FindCertificate_AnyKindOfKeysOffered_AgreesWithReference(CertificateCase value)
    {
        var expected = Reference(value).Select(value.ServerName, value.Offered);

        var table = IngressRouteTable.Compile(value.Snapshot, value.Options);
        var actual = table.FindCertificate(value.ServerName, value.Offered)?.Secret.Name;

        Assert.True(expected == actual, $"the reference says '{expected}', the table '{actual}'{value}");
        Assert.True(
            table.HasSeveralKeyKinds || expected == Reference(value).Select(value.ServerName),
            $"the kinds of keys matter, and nobody would have asked{value}");
    }

    private static ReferenceCertificateSelector Reference(CertificateCase value)
        => new(value.Snapshot, value.Options, value.DnsNames, value.Rsa);
}

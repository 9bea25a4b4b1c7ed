using FsCheck.Xunit;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Properties;

/// <summary>The certificate chosen is the one that D17, taken literally, chooses.</summary>
public sealed class CertificateSelectionPropertyTests
{
    [Property(Arbitrary = [typeof(CertificateArbitraries)], MaxTest = 10_000, QuietOnSuccess = true)]
    public void FindCertificate_AnyEntriesAndServerName_AgreesWithReference(CertificateCase value)
    {
        var expected = new ReferenceCertificateSelector(value.Snapshot, value.Options, value.DnsNames).Select(value.ServerName);

        var actual = IngressRouteTable.Compile(value.Snapshot, value.Options).FindCertificate(value.ServerName)?.Secret.Name;

        Assert.True(expected == actual, $"the reference says '{expected}', the table '{actual}'{value}");
    }
}

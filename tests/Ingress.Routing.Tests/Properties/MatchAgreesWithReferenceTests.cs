using FsCheck.Xunit;

namespace Ingress.Routing.Tests.Properties;

/// <summary>The compiled table and the reference give the same answer, whatever the cluster and the request.</summary>
public sealed class MatchAgreesWithReferenceTests
{
    // 12,000 clusters with 10 requests each.
    [Property(Arbitrary = [typeof(RoutingArbitraries)], MaxTest = 12_000, QuietOnSuccess = true)]
    public void Match_AnyClusterAndRequest_AgreesWithReference(RoutingCase value) => value.AssertAgreement(value.Compile());
}

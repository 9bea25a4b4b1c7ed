using FsCheck.Xunit;
using Ingress.Routing.Explanation;
using Ingress.Routing.Tests.Properties;

namespace Ingress.Routing.Tests.Explanation;

/// <summary>The slow twin and the matcher give the same answer, whatever the cluster and the request.</summary>
public sealed class ExplainAgreesWithMatchTests
{
    // 2,000 clusters with 10 requests each, half of them with hosts that belong to their oldest namespace, half of them compiled
    // as a change.
    [Property(Arbitrary = [typeof(RoutingArbitraries)], MaxTest = 2_000, QuietOnSuccess = true)]
    public void Explain_AnyClusterAndRequest_HasTheOutcomeOfMatch(RoutingCase value, bool isSharingAllowed, bool isChanged)
    {
        var options = value.Options with { HostSharing = isSharingAllowed ? HostSharing.Allowed : HostSharing.OldestNamespaceOnly };
        var table = isChanged
            ? IngressRouteTable.Compile(new() { IngressClasses = value.Snapshot.IngressClasses }, options)
                .Apply(new() { Upserted = value.Snapshot.Ingresses })
            : IngressRouteTable.Compile(value.Snapshot, options);
        foreach (var request in value.Requests)
        {
            var expected = table.Match(request.Host, request.Target);
            var actual = table.Explain(request.Host, request.Target);

            var isSame = actual.Status == expected.Status
                && ReferenceEquals(actual.Route, expected.Route)
                && (actual.Path ?? "") == expected.Path.ToString()
                && actual.Query == expected.Query.ToString();
            Assert.True(
                isSame,
                $"{request}\n  matched   {expected.Status} {expected.Route} {expected.Path}\n"
                + $"  explained {actual.Status} {actual.Route} {actual.Path}{value}");
            AssertConsistent(actual, value);
        }
    }

    // Texts that nobody would send, to make every reason for a 400 occur.
    [Property(MaxTest = 5_000, QuietOnSuccess = true)]
    public void Explain_AnyText_HasTheOutcomeOfMatch(string? host, string? target, bool keepSlashes, bool rejectSeparators)
    {
        var table = IngressRouteTable.Compile(
            Model.ClusterSnapshot.Empty, new() { KeepSlashes = keepSlashes, RejectEncodedSeparators = rejectSeparators });
        foreach (var text in new[] { target ?? "", "/" + target, "http://" + host + "/" + target, "/%2" + target, "HTTPS://h" + target })
        {
            var expected = table.Match(host, text);
            var actual = table.Explain(host, text);

            Assert.Equal((expected.Status, expected.Path.ToString()), (actual.Status, actual.Path ?? ""));
        }
    }

    [Property(Arbitrary = [typeof(CertificateArbitraries)], MaxTest = 3_000, QuietOnSuccess = true)]
    public void Explain_AnyEntriesAndServerName_NamesTheCertificateThatIsServed(CertificateCase value)
    {
        var table = IngressRouteTable.Compile(value.Snapshot, value.Options);

        var explanation = table.Explain("h.test", "/", value.ServerName).Certificate!;

        Assert.True(ReferenceEquals(table.FindCertificate(value.ServerName), explanation.Certificate), $"{explanation}{value}");
        Assert.Equal(explanation.Outcome == CertificateOutcome.Refused, explanation.Certificate is null);
        var others = new[] { CertificateKeyKinds.Rsa, CertificateKeyKinds.Ecdsa }
            .Select(kind => table.FindCertificate(value.ServerName, kind))
            .FirstOrDefault(certificate => certificate != explanation.Certificate);
        Assert.True(ReferenceEquals(others, explanation.CertificateOfOtherKeyKind), $"{explanation}{value}");
        Assert.True(explanation.Claims.Count(claim => claim.Outcome == CertificateClaimOutcome.ChosenForOtherKeyKind) <= (others is null ? 0 : 1));
        Assert.True(explanation.Claims.Count(claim => claim.Outcome == CertificateClaimOutcome.Chosen) <= 1);
    }

    // What the parts say must add up to the answer.
    private static void AssertConsistent(MatchExplanation explanation, RoutingCase value)
    {
        var winners = explanation.Claims.Where(claim => claim.Outcome == ClaimOutcome.Wins).ToList();
        var isConsistent = winners.Count == (explanation.Status == IngressMatchStatus.Rule ? 1 : 0)
            && explanation.Claims.All(claim => claim.Message.Length > 0)
            && explanation.Claims.All(claim => (claim.Outcome == ClaimOutcome.Outranked) == (claim.OutrankedBy is not null))
            && explanation.Buckets.Count(bucket => bucket.Outcome == BucketOutcome.Chosen) <= 1
            && explanation.Defaults.Count(step => step.Outcome == DefaultBackendOutcome.Chosen)
                == (explanation.Status == IngressMatchStatus.DefaultBackend ? 1 : 0)
            && (winners.Count == 0 || winners[0].Field == explanation.Route!.Source.Field)
            && AreChained(explanation.HostSteps)
            && AreChained(explanation.TargetSteps);
        Assert.True(isConsistent, $"{explanation}{value}");
    }

    private static bool AreChained(IReadOnlyList<CanonicalizationStep> steps)
        => steps.Zip(steps.Skip(1)).All(pair => pair.First.After == pair.Second.Before && pair.First.Rule < pair.Second.Rule)
            && steps.All(step => step.Before != step.After && step.Message.Length > 0);
}

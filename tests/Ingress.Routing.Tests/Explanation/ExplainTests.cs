using Ingress.Routing.Explanation;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Explanation;

public sealed class ExplainTests
{
    [Theory]
    [InlineData("/%61/b", CanonicalizationRule.UnreservedDecoded, "/a/b")]
    [InlineData("/%c3%a9", CanonicalizationRule.EscapesUpperCased, "/%C3%A9")]
    [InlineData("/a|b", CanonicalizationRule.CharactersEscaped, "/a%7Cb")]
    [InlineData("/a/../b", CanonicalizationRule.DotSegmentsRemoved, "/b")]
    [InlineData("/a//b", CanonicalizationRule.SlashesMerged, "/a/b")]
    [InlineData("/a?b", CanonicalizationRule.QueryRemoved, "/a")]
    [InlineData("http://h.test/a", CanonicalizationRule.AuthorityRemoved, "/a")]
    public void TargetSteps_OneRule_NamesIt(string target, CanonicalizationRule rule, string after)
    {
        var step = Assert.Single(IngressRouteTable.Empty.Explain("h.test", target).TargetSteps);

        Assert.Equal((rule, target, after), (step.Rule, step.Before, step.After));
    }

    [Fact]
    public void TargetSteps_SeveralRules_FollowTheOrderOfD8()
    {
        var explanation = IngressRouteTable.Empty.Explain("h.test", "/x/%2e%2E/%2f//a?q=/../");

        Assert.Equal(
            [
                CanonicalizationRule.QueryRemoved, CanonicalizationRule.UnreservedDecoded, CanonicalizationRule.EscapesUpperCased,
                CanonicalizationRule.DotSegmentsRemoved, CanonicalizationRule.SlashesMerged,
            ],
            explanation.TargetSteps.Select(step => step.Rule));
        Assert.Equal(("/%2F/a", "?q=/../"), (explanation.Path, explanation.Query));
    }

    [Fact]
    public void HostSteps_PortDotAndCase_AreNamed()
    {
        var explanation = IngressRouteTable.Empty.Explain("Shop.Test.:8080", "/");

        Assert.Equal(
            [CanonicalizationRule.PortRemoved, CanonicalizationRule.TrailingDotRemoved, CanonicalizationRule.LowerCased],
            explanation.HostSteps.Select(step => step.Rule));
        Assert.Equal("shop.test", explanation.Host);
    }

    [Theory]
    [InlineData("a..b", "/", RequestProblemKind.EmptyLabel, null)]
    [InlineData("a b", "/", RequestProblemKind.MalformedHost, 1)]
    [InlineData("a:x", "/", RequestProblemKind.MalformedPort, null)]
    [InlineData("[::1", "/", RequestProblemKind.MalformedPort, null)]
    [InlineData("[::x]", "/", RequestProblemKind.MalformedHost, null)]
    [InlineData("a", "http://b/", RequestProblemKind.ContradictingHosts, null)]
    [InlineData("a", "*", RequestProblemKind.NoPath, null)]
    [InlineData("a", "http:///x", RequestProblemKind.NoPath, null)]
    [InlineData("a", "/b c", RequestProblemKind.IllegalCharacter, 2)]
    [InlineData("a", "http://a/b#c", RequestProblemKind.IllegalCharacter, 10)]
    [InlineData("a", "/é", RequestProblemKind.IllegalCharacter, 1)]
    [InlineData("a", "/a%4", RequestProblemKind.MalformedEscape, 2)]
    [InlineData("a", "/a%00", RequestProblemKind.EncodedNul, 2)]
    [InlineData("a", "/a%5c", RequestProblemKind.EncodedSeparator, 2)]
    [InlineData("a", "/a\\b", RequestProblemKind.EncodedSeparator, 2)]
    public void Problem_MalformedRequest_SaysWhatAndWhere(string host, string target, RequestProblemKind kind, int? position)
    {
        var table = IngressRouteTable.Compile(ClusterSnapshot.Empty, new() { RejectEncodedSeparators = true });

        var explanation = table.Explain(host, target);

        Assert.Equal((kind, position), (explanation.Problem!.Kind, explanation.Problem.Position));
        Assert.Equal((IngressMatchStatus.BadRequest, 400), (explanation.Status, explanation.StatusCode));
        Assert.Equal(IngressMatchStatus.BadRequest, table.Match(host, target).Status);
    }

    [Fact]
    public void Buckets_ExactHost_SaysWhyTheOthersAreNotAsked()
    {
        var table = RouteTableAnswers.TableOf(
            Some.Ingress("exact", [Some.Rule("a.test", Some.Exact("/x"))]),
            Some.Ingress("wild", [Some.Rule("*.test", Some.Prefix("/"))]),
            Some.Ingress("all", [Some.Rule(null, Some.Prefix("/"))]));

        var explanation = table.Explain("a.test", "/y");

        Assert.Equal([BucketOutcome.Chosen, BucketOutcome.NotAsked, BucketOutcome.NotAsked], explanation.Buckets.Select(bucket => bucket.Outcome));
        Assert.Equal(["a.test", "*.test", null], explanation.Buckets.Select(bucket => bucket.Host));
        Assert.Equal((IngressMatchStatus.NotFound, 404), (explanation.Status, explanation.StatusCode));
    }

    [Theory]
    [InlineData("a.b.test")]
    [InlineData("test")]
    public void Buckets_WildcardOfAnotherDepth_IsNamed(string host)
    {
        var table = RouteTableAnswers.TableOf(Some.Ingress("wild", [Some.Rule("*.test", Some.Prefix("/"))]));

        var bucket = table.Explain(host, "/").Buckets[^1];

        Assert.Equal((BucketOutcome.OtherNumberOfLabels, "*.test"), (bucket.Outcome, bucket.Host));
    }

    [Theory]
    [InlineData("shp.example.test", "shop.example.test")]
    [InlineData("hsop.example.test", "shop.example.test")]
    [InlineData("shop7.example.test", null)]
    [InlineData("cart.elsewhere.test", null)]
    [InlineData("shop.example.test", null)]
    public void Buckets_MisspeltHost_NamesTheOneThatIsMeant(string host, string? similar)
    {
        var table = RouteTableAnswers.TableOf(Some.Ingress("i", [Some.Rule("shop.example.test", Some.Prefix("/"))]));

        Assert.Equal(similar, table.Explain(host, "/").Buckets[0].Similar);
    }

    [Theory]
    [InlineData("")]
    [InlineData("127.0.0.1:80")]
    [InlineData("[::1]")]
    public void Buckets_NoName_OnlyHostLessApplies(string host)
    {
        var table = RouteTableAnswers.TableOf(Some.Ingress("all", [Some.Rule(null, Some.Prefix("/"))]));

        Assert.Equal(
            [BucketOutcome.NotApplicable, BucketOutcome.NotApplicable, BucketOutcome.Chosen],
            table.Explain(host, "/").Buckets.Select(bucket => bucket.Outcome));
    }

    [Fact]
    public void Claims_EachLoser_HasItsReason()
    {
        var table = RouteTableAnswers.TableOf(
            Some.Ingress("old", [Some.Rule("h.test", Some.Prefix("/shop"), Some.Exact("/shop/cart"), Some.Prefix("/shop"))], ageSeconds: 0),
            Some.Ingress(
                "young",
                [Some.Rule("h.test", Some.Prefix("/shop/cart"), Some.Prefix("/"), Some.Exact("/shop/cart"), Some.Exact("/Shop/cart"))],
                ageSeconds: 1),
            Some.Ingress("bare", [new() { Host = "h.test" }], ageSeconds: 2));

        var claims = table.Explain("h.test", "/shop/cart").Claims;

        Assert.Equal(
            [
                ("default/young spec.rules[0].http.paths[3]", null),
                ("default/old spec.rules[0].http.paths[1]", null),
                ("default/young spec.rules[0].http.paths[2]", PrecedenceStep.Age),
                ("default/young spec.rules[0].http.paths[0]", PrecedenceStep.ExactPath),
                ("default/old spec.rules[0].http.paths[0]", PrecedenceStep.ExactPath),
                ("default/old spec.rules[0].http.paths[2]", PrecedenceStep.ExactPath),
                ("default/young spec.rules[0].http.paths[1]", PrecedenceStep.ExactPath),
                ("default/bare spec.rules[0]", null),
            ],
            claims.Select(claim => ($"{claim.Ingress.Name} {claim.Field}", claim.OutrankedBy)));
    }

    [Fact]
    public void Claims_AmongPrefixes_LengthTypeAgeAndOrderDecide()
    {
        var table = RouteTableAnswers.TableOf(
            Some.Ingress("b", [Some.Rule("h.test", Some.Prefix("/a"), Some.ImplementationSpecific("/a"), Some.Prefix("/a"), Some.Prefix("/"))]),
            Some.Ingress("c", [Some.Rule("h.test", Some.Prefix("/a"))], ageSeconds: 1));

        var steps = table.Explain("h.test", "/a/x").Claims.Select(claim => claim.OutrankedBy);

        Assert.Equal(
            [null, PrecedenceStep.ListOrder, PrecedenceStep.Age, PrecedenceStep.PathType, PrecedenceStep.LongerPath],
            steps);
    }

    [Theory]
    [InlineData("Prefix", "/shop/cart", "/shop", 2, "cart", null)]
    [InlineData("Prefix", "/shop/cart", "/shop/carts", 2, "cart", "carts")]
    [InlineData("Exact", "/shop", "/shop/", 2, null, "")]
    [InlineData("Exact", "/shop/", "/shop", 2, "", null)]
    [InlineData("Exact", "/shop", "/shop/x", 2, null, "x")]
    [InlineData("Prefix", "/Shop/", "/shop", 1, "Shop", "shop")]
    public void Mismatch_NamesTheFirstElementThatDiffers(string type, string rule, string request, int element, string? expected, string? actual)
    {
        var table = RouteTableAnswers.TableOf(Some.Ingress("i", [Some.Rule("h.test", Some.Path(type, rule))]));

        var claim = Assert.Single(table.Explain("h.test", request).Claims);

        Assert.Equal((element, expected, actual), (claim.Mismatch!.Element, claim.Mismatch.Expected, claim.Mismatch.Actual));
        Assert.Equal(ClaimOutcome.PathDiffers, claim.Outcome);
    }

    [Fact]
    public void Claims_InvalidAndForeignIngresses_AreListedWithTheirDiagnostics()
    {
        var snapshot = Some.Snapshot(
            Some.Ingress("ours", [Some.Rule("h.test", Some.Prefix("/"))], className: "ours"),
            Some.Ingress("broken", [Some.Rule("H.TEST:80", Some.Prefix("/x"))], className: "ours"),
            Some.Ingress("foreign", [Some.Rule("h.test", Some.Exact("/x"))], className: "theirs"),
            Some.Ingress("elsewhere", [Some.Rule("other.test", Some.Exact("/x"))], className: "theirs"));
        var table = IngressRouteTable.Compile(
            snapshot with { IngressClasses = [Some.Class("ours", "example.com/ours"), Some.Class("theirs", "example.com/theirs")] },
            new() { ControllerName = "example.com/ours" });

        var claims = table.Explain("h.test", "/x").Claims;

        Assert.Equal(
            [("ours", ClaimOutcome.Wins), ("foreign", ClaimOutcome.NotOurClass), ("broken", ClaimOutcome.InvalidIngress)],
            claims.Select(claim => (claim.Ingress.Metadata.Name, claim.Outcome)));
        Assert.Equal(["INGR050", "INGR004"], claims.Skip(1).Select(claim => claim.Diagnostics[0].Id));
    }

    [Fact]
    public void Claims_HostOfAnotherNamespace_IsNotOwned()
    {
        var snapshot = Some.Snapshot(
            Some.Ingress("a/first", [Some.Rule("h.test", Some.Prefix("/a"))]),
            Some.Ingress("b/second", [Some.Rule("h.test", Some.Exact("/b"))], Some.Backend("web"), ageSeconds: 1));
        var table = IngressRouteTable.Compile(snapshot, new() { HostSharing = HostSharing.OldestNamespaceOnly });

        var explanation = table.Explain("h.test", "/b");

        Assert.Equal([ClaimOutcome.PathDiffers, ClaimOutcome.HostNotOwned], explanation.Claims.Select(claim => claim.Outcome));
        Assert.Equal(IngressMatchStatus.NotFound, explanation.Status);
    }

    [Fact]
    public void Defaults_EveryStep_SaysWhetherItApplies()
    {
        var named = Some.Ingress("named", [Some.Rule("h.test", Some.Exact("/x"))], Some.Backend("own"));
        var bare = Some.Ingress("bare", [Some.Rule("g.test", Some.Exact("/x"))], ageSeconds: 1);
        var table = IngressRouteTable.Compile(Some.Snapshot(named, bare), new() { DefaultBackend = new(new("ops", "last"), new() { Number = 80 }) });

        Assert.Equal(
            [DefaultBackendOutcome.Chosen, DefaultBackendOutcome.NotReached, DefaultBackendOutcome.NotReached, DefaultBackendOutcome.NotReached],
            Outcomes("h.test"));
        Assert.Equal(
            [DefaultBackendOutcome.None, DefaultBackendOutcome.None, DefaultBackendOutcome.NotApplicable, DefaultBackendOutcome.Chosen],
            Outcomes("g.test"));
        Assert.Equal(
            [DefaultBackendOutcome.None, DefaultBackendOutcome.None, DefaultBackendOutcome.Chosen, DefaultBackendOutcome.NotReached],
            Outcomes("unknown.test"));

        IEnumerable<DefaultBackendOutcome> Outcomes(string host) => table.Explain(host, "/").Defaults.Select(step => step.Outcome);
    }

    [Fact]
    public void Backend_Endpoints_SayWhichTakeRequests()
    {
        var slice = Some.Slice("web", 8080, "10.0.0.1", "127.0.0.1");
        var snapshot = Some.Snapshot(Some.Ingress("i", [Some.Rule("h.test", Some.Prefix("/"))])) with
        {
            Services = [Some.Service("web")],
            EndpointSlices =
            [
                slice with { Endpoints = [.. slice.Endpoints, new() { Addresses = ["10.0.0.2"], Ready = false }] },
                Some.Slice("web", 9090, "10.0.0.3") with
                {
                    Metadata = slice.Metadata with { Name = "z" },
                    Ports = [new() { Name = "other", Port = 9090 }],
                },
            ],
        };

        var explanation = IngressRouteTable.Compile(snapshot).Explain("h.test", "/a?b");

        Assert.Equal(
            [EndpointOutcome.Ready, EndpointOutcome.AddressRefused, EndpointOutcome.NotReady, EndpointOutcome.PortMissing],
            explanation.Backend!.Endpoints.Select(endpoint => endpoint.Outcome));
        Assert.Equal((null, "/a?b"), (explanation.StatusCode, explanation.ForwardedTarget));
    }

    [Theory]
    [InlineData(80, DestinationStatus.NoReadyEndpoints)]
    [InlineData(81, DestinationStatus.PortNotFound)]
    public void Backend_NothingToSendTo_Is503(int port, DestinationStatus status)
    {
        var snapshot = Some.Snapshot(Some.Ingress("i", [Some.Rule("h.test", Some.Prefix("/", port: port))]));

        var explanation = IngressRouteTable.Compile(snapshot with { Services = [Some.Service("web")] }).Explain("h.test", "/");

        Assert.Equal((503, status), (explanation.StatusCode, explanation.Backend!.Status));
    }

    [Fact]
    public void Certificate_EachEntry_HasItsReason()
    {
        var snapshot = new ClusterSnapshot
        {
            Ingresses =
            [
                Some.Ingress(
                    "i",
                    [Some.Rule("a.test", Some.Prefix("/"))],
                    tls: [Some.Tls("missing", "a.test"), Some.Tls("other", "x.test", "a.test"), Some.Tls("wild", "*.test"), Some.Tls("late")]),
            ],
            Secrets =
            [
                TestCertificates.Secret("other", "x.test"), TestCertificates.Secret("wild", "*.test"), TestCertificates.Secret("late", "*.test"),
            ],
        };

        var certificate = IngressRouteTable.Compile(snapshot).Explain("a.test", "/", "A.test.").Certificate!;

        Assert.Equal("a.test", certificate.ServerName);
        Assert.Equal(
            [
                ("spec.tls[0].hosts[0]", CertificateClaimOutcome.SecretNotFound),
                ("spec.tls[1].hosts[1]", CertificateClaimOutcome.DoesNotCover),
                ("spec.tls[2].hosts[0]", CertificateClaimOutcome.Chosen),
                ("spec.tls[3]", CertificateClaimOutcome.NotReached),
            ],
            certificate.Claims.Select(claim => (claim.Field, claim.Outcome)));
        Assert.Equal("wild", certificate.Certificate!.Secret.Metadata.Name);
    }

    [Fact]
    public void Explain_NullTarget_Throws()
        => Assert.Throws<ArgumentNullException>("target", () => IngressRouteTable.Empty.Explain("h.test", null!));
}

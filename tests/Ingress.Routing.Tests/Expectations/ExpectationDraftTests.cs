using FsCheck.Xunit;
using Ingress.Routing.Expectations;
using Ingress.Routing.Tests.Properties;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Expectations;

public sealed class ExpectationDraftTests
{
    [Property(Arbitrary = [typeof(RoutingArbitraries)], MaxTest = 1_000, QuietOnSuccess = true)]
    public void Of_AnyTable_IsMetByIt(RoutingCase value)
    {
        var table = value.Compile();
        var checker = new ExpectationChecker(table);

        Assert.All(ExpectationDraft.Of(table), expectation =>
        {
            Assert.True(((RequestExpectation)expectation).ExpectsAnything);
            Assert.Empty(checker.Check(expectation).Failures);
        });
    }

    [Property(Arbitrary = [typeof(CertificateArbitraries)], MaxTest = 300, QuietOnSuccess = true)]
    public void Of_AnyCertificates_IsMetByThem(CertificateCase value)
    {
        var table = IngressRouteTable.Compile(value.Snapshot, value.Options);
        var checker = new ExpectationChecker(table);

        Assert.All(ExpectationDraft.Of(table), expectation => Assert.Empty(checker.Check(expectation).Failures));
    }

    // A route that some request of the case reaches can be reached, so it has to be described.
    [Property(Arbitrary = [typeof(RoutingArbitraries)], MaxTest = 1_000, QuietOnSuccess = true)]
    public void Of_AnyTable_DescribesEveryRouteThatIsReached(RoutingCase value)
    {
        var table = value.Compile();

        var described = ExpectationDraft.Of(table).Cast<RequestExpectation>().Select(expectation => RequestUrl.Parse(expectation.Url))
            .Select(url => table.Match(url.Host, url.Target).Route).OfType<IngressRoute>().ToHashSet();

        Assert.All(value.Requests.Select(request => table.Match(request.Host, request.Target).Route).OfType<IngressRoute>(),
            route => Assert.Contains(route, described));
    }

    [Fact]
    public void Of_ATable_HasOneExpectationForEachRoute()
    {
        var table = IngressRouteTable.Compile(Some.Snapshot(
            Some.Ingress("shop", [Some.Rule("shop.test", Some.Prefix("/", "web"), Some.Exact("/", "home")), Some.Rule("*.test", Some.Prefix("/a", "a"))]),
            Some.Ingress("all", defaultBackend: Some.Resource("Site", "rest"))));

        Assert.Equal(
            [
                "shop.test: Exact / of Ingress default/shop: http://shop.test/ default/home:80",
                "shop.test: Prefix / of Ingress default/shop: http://shop.test/any default/web:80",
                "*.test: Prefix /a of Ingress default/shop: http://any.test/a default/a:80",
                "default backend of Ingress default/all: http://any.test/ Site default/rest",
            ],
            ExpectationDraft.Of(table).Cast<RequestExpectation>().Select(expectation
                => $"{expectation.Name}: {expectation.Url} {(expectation.Resource ?? $"{expectation.Service}:{expectation.Port}")}"));
    }
}

using Ingress.Routing.Diagnostics;
using Ingress.Routing.Linting;
using Ingress.Routing.Model;
using Ingress.Routing.Policies;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Policies;

/// <summary>Hosts that annotations of ours add: the name that <c>www-redirect</c> sends clients away from (semantics 5.13).</summary>
public sealed class AddedHostTests
{
    [Theory]
    [InlineData("www.h.test", "to-www", "h.test", "http://www.h.test/a?b=1")]
    [InlineData("h.test", "from-www", "www.h.test", "http://h.test/a?b=1")]
    public void WwwRedirect_HostWithoutARule_IsAdded(string declared, string direction, string other, string location)
    {
        var table = RouteTableAnswers.TableOf(Ingress("t/i", declared, direction));

        var match = table.Match(other, "/a?b=1");
        var outcome = match.Route!.Policies.Evaluate(new PolicyRequest(match, other));

        Assert.Equal((308, location), (outcome.Status, outcome.Location));
        Assert.Equal((other, "spec.rules[0].host", "t/i/0/host"), (match.Route.Host, match.Route.Source.Field, match.Route.Id));
        Assert.Contains(match.Route, table.Routes);
        Assert.Contains(match.Route, table.RoutesOf(new ResourceReference("Ingress", "t", "i")));
        Assert.DoesNotContain(IngressLinter.Lint(table), static item => item.Id == IngressDiagnosticIds.WwwHostMissing);
    }

    [Fact]
    public void WwwRedirect_HostWithARule_IsThatOfTheRule()
    {
        var table = RouteTableAnswers.TableOf(Ingress("t/i", "h.test", "from-www"), Some.Ingress("t/j", [Some.Rule("www.h.test", Some.Prefix("/", "own"))]));

        Assert.Equal("own", table.Match("www.h.test", "/").Route!.Service!.Name.Name);
        Assert.Single(table.Diagnostics, static item => item.Id == IngressDiagnosticIds.AddedHostNotServed);
    }

    [Fact]
    public void Explain_AddedHost_SaysWhoAnswers()
    {
        var table = RouteTableAnswers.TableOf(Ingress("t/i", "h.test", "from-www"));

        var explanation = table.Explain("www.h.test", "/a");

        Assert.Same(table.Match("www.h.test", "/a").Route, explanation.Route);
        Assert.Equal((308, "http://h.test/a"), (explanation.StatusCode, explanation.Location));
        Assert.Equal("An annotation of Ingress 't/i' answers for the host: redirect to the host without 'www.' with 308.", explanation.Message);
    }

    private static IngressResource Ingress(string name, string host, string direction) => Some.Ingress(
        name, [Some.Rule(host, Some.Prefix("/a"))], annotations: new Dictionary<string, string> { ["ingress.routing/www-redirect"] = direction });
}

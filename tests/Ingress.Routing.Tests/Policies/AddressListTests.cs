using System.Net;
using Ingress.Routing.Expectations;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Tests.Policies;

public sealed class AddressListTests
{
    private static readonly PolicyScenario s_scenario = PolicyScenario.Of(("allow-addresses", "192.0.2.0/24"), ("deny-addresses", "192.0.2.9"));

    [Theory]
    [InlineData("192.0.2.1", 0)]
    [InlineData("192.0.2.9", 403)]
    [InlineData("203.0.113.1", 403)]
    [InlineData(null, 403)] // a real request whose address is not known
    public void Evaluate_DeniesBeforeItAllows(string? address, int status)
        => Assert.Equal(status, s_scenario.Policies.Find<AddressList>()!.Evaluate(Request(address)).Status);

    // A made-up request without an address is one of which nothing is known.
    [Theory]
    [InlineData("192.0.2.9", 403, "403")]
    [InlineData("192.0.2.1", 0, "goes on unchanged")]
    [InlineData(null, 0, null)]
    public void Explain_SaysWhatIsKnown(string? address, int status, string? outcome)
    {
        var request = new RouteRequest { ClientAddress = address is null ? null : IPAddress.Parse(address) };
        var explanation = s_scenario.Table.Explain("h.test", "/a", request: request);

        Assert.Equal(status, s_scenario.Policies.Evaluate(Request(address)).Status);
        Assert.Equal(outcome, Assert.Single(explanation.Policies).Outcome);
        Assert.Equal("let in 192.0.2.0/24 but 192.0.2.9/32, else 403", explanation.Policies[0].Description);
    }

    [Theory]
    [InlineData("192.0.2.9", 403, true)]
    [InlineData("192.0.2.1", 403, false)]
    [InlineData(null, 403, false)]
    public void Expectation_CanSayWhoTheClientIs(string? address, int status, bool isMet)
    {
        var expectation = new RequestExpectation { Url = "http://h.test/a", ClientAddress = address is null ? null : IPAddress.Parse(address), StatusCode = status };

        Assert.Equal(isMet, new ExpectationChecker(s_scenario.Table).Check(expectation).IsMet);
    }

    private static PolicyRequest Request(string? address)
        => new(s_scenario.Table.Match("h.test", "/a"), "h.test") { ClientAddress = address is null ? null : IPAddress.Parse(address) };
}

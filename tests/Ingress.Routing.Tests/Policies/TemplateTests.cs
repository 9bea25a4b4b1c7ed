using System.Net;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Tests.Policies;

public sealed class TemplateTests
{
    [Theory]
    [InlineData("${args}|${is_args}|${query}", "/a?b=1&c", "b=1&c|?|?b=1&c")]
    [InlineData("${args}|${is_args}|${query}", "/a", "||")]
    [InlineData("${is_args}", "/a?", "")]
    [InlineData("${query:b}|${query:c}|${query:d}", "/a?c&b=x%20y", "x%20y||")]
    [InlineData("${header:X-Team}|${header:x-team}|${header:X-None}", "/a", "shop|shop|")]
    [InlineData("${cookie:user}|${cookie:USER}", "/a", "ann|")]
    [InlineData("${scheme}:${port}", "/a", "https:443")]
    [InlineData("${client_address} ${method} ${host}${path}", "/a", "192.0.2.1 PUT h.test/a")]
    [InlineData("$$${request_id}", "/a", "$id-1")]
    public void Expand_Variable_IsThatOfTheRequest(string template, string target, string expected)
        => Assert.Equal(expected, Template(template).Expand(Request(target), null));

    [Theory]
    [InlineData("/${header:X-Odd}", "/a%20b%3Fc%23%E9%25zz%2F")]
    [InlineData("/?x=${header:X-Odd}", "/?x=a%20b?c%23%E9%25zz%2F")]
    [InlineData("/?x=${cookie:pair}", "/?x=a%26b")]
    [InlineData("/?x=1&${args}", "/?x=1&q=1&r=2")]
    [InlineData("/${path}?${args}", "//a?q=1&r=2")]
    public void ExpandTarget_WhatARequestBrings_StaysInItsPart(string template, string expected)
        => Assert.Equal(expected, Template(template).ExpandTarget(Request("/a?q=1&r=2"), null));

    [Theory]
    [InlineData("${header:}")]
    [InlineData("${header:X Team}")]
    [InlineData("${env:PATH}")]
    [InlineData("${header}")]
    [InlineData("${query:a:b}")]
    public void TryParse_UnknownVariable_SaysWhichThereAre(string text)
    {
        Assert.False(PolicyTemplate.TryParse(text, null, out _, out var problem));

        Assert.Contains("client_address, cookie:NAME, escaped_target, header:NAME, host", problem, StringComparison.Ordinal);
    }

    private static PolicyTemplate Template(string text)
        => PolicyTemplate.TryParse(text, null, out var template, out var problem) ? template! : throw new FormatException(problem);

    private static PolicyRequest Request(string target)
        => new(PolicyScenario.Of().Table.Match("h.test", target), "h.test")
        {
            Method = "PUT",
            Scheme = "https",
            ClientAddress = IPAddress.Parse("192.0.2.1"),
            Id = "id-1",
            Headers = new Dictionary<string, string>
            {
                ["X-Team"] = "shop",
                ["X-Odd"] = "a b?c#\u00E9%zz%2F",
                ["Cookie"] = "other=1; user=ann; pair=a&b",
            },
        };
}

namespace Ingress.Routing.Tests;

public sealed class RequestUrlTests
{
    [Theory]
    [InlineData("http://h.test/a", "h.test", "/a")]
    [InlineData("https://h.test:8443/a?b", "h.test:8443", "/a?b")]
    [InlineData("HTTP://H.TEST", "H.TEST", "/")]
    [InlineData("h.test", "h.test", "/")]
    [InlineData("h.test/a", "h.test", "/a")]
    [InlineData("h.test?x", "h.test", "/?x")]
    [InlineData("h.test/?u=http://other/", "h.test", "/?u=http://other/")]
    [InlineData("/a", "", "/a")]
    [InlineData("http:///a", "", "/a")]
    [InlineData("http://[::1]:80/a", "[::1]:80", "/a")]
    [InlineData("http://h/a/../%2e%2e//b%2F;c", "h", "/a/../%2e%2e//b%2F;c")]
    [InlineData("http://h/caf\u00E9", "h", "/caf\u00E9")]
    [InlineData("http://h#x", "h", "/#x")]
    public void Parse_KeepsTheText(string url, string host, string target)
    {
        var request = RequestUrl.Parse(url);

        Assert.Equal((host, target), (request.Host, request.Target));
    }
}

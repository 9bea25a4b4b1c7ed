namespace Ingress.Routing.Nginx.Tests;

public sealed class NginxConfigMapTests
{
    [Fact]
    public void Settings_AreRead()
    {
        var options = new NginxOptions();

        var problems = NginxConfigMap.Read(
            new Dictionary<string, string>
            {
                ["proxy-body-size"] = "8m",
                ["proxy-read-timeout"] = "300",
                ["hsts"] = "false",
                ["ssl-redirect"] = "false",
                ["use-forwarded-headers"] = "true",
                ["proxy-real-ip-cidr"] = "10.0.0.0/8,192.0.2.1",
                ["custom-http-errors"] = "404, 503",
                ["limit-req-status-code"] = "429",
                ["allow-snippet-annotations"] = "true",
                ["annotations-risk-level"] = "Critical",
                ["whitelist-source-range"] = "",
                ["proxy-buffering"] = "on",
            },
            options);

        Assert.Empty(problems);
        Assert.Equal((8L << 20, 300, false, false, true), (options.ProxyBodySize, options.ProxyReadTimeout, options.Hsts, options.SslRedirect, options.UseForwardedHeaders));
        Assert.Equal(["10.0.0.0/8", "192.0.2.1/32"], options.ProxyRealIpCidr.Select(static network => network.ToString()));
        Assert.Equal([404, 503], options.CustomHttpErrors);
        Assert.Equal((429, true, NginxRiskLevel.Critical, true), (options.LimitRequestStatusCode, options.AllowSnippetAnnotations, options.AnnotationsRiskLevel!.Value, options.ProxyBuffering));
    }

    [Theory]
    [InlineData("proxy-body-size", "8 mb", true)]
    [InlineData("whitelist-source-range", "10.0.0", true)]
    [InlineData("annotations-risk-level", "3", true)]
    [InlineData("annotations-risk-level", "critical", true)]
    [InlineData("custom-http-errors", "200", true)]
    [InlineData("allow-snippet-annotations", "yes", true)]
    [InlineData("server-snippet", "deny all;", true)]
    [InlineData("enable-modsecurity", "true", true)]
    [InlineData("enable-modsecurity", "false", null)]
    [InlineData("worker-processes", "8", false)]
    [InlineData("no-such-setting", "8", false)]
    public void Problems_AreReported(string key, string text, bool? isError)
    {
        var problems = NginxConfigMap.Read(new Dictionary<string, string> { [key] = text }, new NginxOptions());

        Assert.Equal(isError is { } error ? [(key, error)] : [], problems.Select(static problem => (problem.Key, problem.IsError)));
    }
}

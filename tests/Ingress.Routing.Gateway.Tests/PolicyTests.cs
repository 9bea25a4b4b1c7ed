namespace Ingress.Routing.Gateway.Tests;

/// <summary>Annotations of manifests, from the command line to the wire.</summary>
public sealed class PolicyTests : IDisposable
{
    private readonly ManifestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_RedirectsAndRewrites_AndFollowsChanges()
    {
        _folder.Write("shop.yaml", Annotated("strip-prefix: 'true'", "/api"));
        await using var gateway = await RunningGateway.StartHttpAsync(_folder.Path, "--echo");

        var echo = (await RawHttp.SendAsync(
            gateway.Http, "GET /api/items?a=1 HTTP/1.1\r\nHost: shop.example.com\r\nX-Forwarded-Prefix: /evil\r\nConnection: close\r\n\r\n")).Json;
        Assert.Equal("/items?a=1", echo.GetProperty("target").GetString());
        Assert.Equal("/api", echo.GetProperty("headers").GetProperty("X-Forwarded-Prefix").GetString());

        _folder.Write("shop.yaml", Annotated("redirect-target: /new$1, ingress.routing/redirect-pattern: '/api(.*)', ingress.routing/redirect-status: '308'", "/api"));
        await gateway.Output.ReadToAsync("Changed:");

        var redirect = await RawHttp.GetAsync(gateway.Http, "shop.example.com", "/api/items?a=1");
        Assert.Equal(308, redirect.Status);
        Assert.Contains("Location: /new/items?a=1\r\n", redirect.Head + "\r\n", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WrongText_ClosesThePathsAndSaysSo()
    {
        _folder.Write("shop.yaml", Annotated("rate-limit: often", "/"));
        await using var gateway = await RunningGateway.StartHttpAsync(_folder.Path, "--echo");

        Assert.Equal(503, (await RawHttp.GetAsync(gateway.Http, "shop.example.com", "/")).Status);
        Assert.Contains(gateway.Start, line => line.Contains("INGR077", StringComparison.Ordinal) && line.Contains("must be a number of requests and a period", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("redirect-target: /new", "status: 302, location: /new", 0)]
    [InlineData("redirect-target: /new", "status: 302, location: /other", 1)]
    [InlineData("rewrite-prefix: /v2", "service: shop/web, target: /v2/a", 0)]
    [InlineData("rewrite-prefix: /v2", "target: /a", 1)]
    [InlineData("rate-limit: often", "status: 503", 0)]
    public async Task Test_ExpectsOutcomesOfPolicies(string annotation, string expected, int exitCode)
    {
        var manifest = _folder.Write("shop.yaml", Annotated(annotation, "/"));
        var tests = _folder.Write("tests/routing.yaml", $"tests:\n- url: http://shop.example.com/a\n  expect: {{ {expected} }}\n");

        var result = await Cli.RunAsync("test", tests, "--manifests", manifest);

        Assert.Equal(exitCode, result.ExitCode);
    }

    [Fact]
    public async Task Explain_APolicyThatAnswers_IsTheAnswer()
    {
        var manifest = _folder.Write("shop.yaml", Annotated("redirect-target: /new", "/"));

        var text = (await Cli.RunAsync("explain", "http://shop.example.com/a", "--manifests", manifest)).Output;
        var json = (await Cli.RunAsync("explain", "http://shop.example.com/a", "--manifests", manifest, "--format", "json")).Output;

        Assert.StartsWith("302 to /new: a policy of the route answers, and no backend is asked.", text, StringComparison.Ordinal);
        Assert.Contains("\"statusCode\": 302", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_AnotherPolicy_IsSaidInAWord()
    {
        var before = _folder.Write("before.yaml", Annotated("rate-limit: 10/s", "/"));
        var after = _folder.Write("after.yaml", Annotated("rate-limit: 20/s", "/"));
        var closed = _folder.Write("closed.yaml", Annotated("rate-limit: often", "/"));

        var result = await Cli.RunAsync("diff", before, after);
        var worse = await Cli.RunAsync("diff", before, closed);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("  policy  every path  shop/web:80 (at most 10 ", result.Output, StringComparison.Ordinal);
        Assert.Contains("answer 503: 'ingress.routing/rate-limit' cannot be understood", worse.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("no destination", worse.Output, StringComparison.Ordinal);
    }

    private static string Annotated(string annotation, string path) => $"""
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: shop
          namespace: shop
          annotations: {"{"} ingress.routing/{annotation} {"}"}
        spec:
          rules:
          - host: shop.example.com
            http:
              paths:
              - path: {path}
                pathType: Prefix
                backend: {"{ service: { name: web, port: { number: 80 } } }"}

        """;
}

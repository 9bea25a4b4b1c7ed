using System.Text.Json;
using System.Xml.Linq;

namespace Ingress.Routing.Gateway.Tests;

public sealed class TestCommandTests : IDisposable
{
    private const string Tests = """
        tests:
        - name: the front page
          url: http://shop.example.com/
          expect: { service: "shop/web:80" }
        - name: health is not public
          never: { service: shop/probe, host: shop.example.com }
        - name: somebody else's certificate
          method: GET
          url: https://shop.example.com/x
          host: other.example.com
          expect: { status: 404, certificate: shop/tls }

        """;

    private readonly ManifestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Test_AllMet_ExitsWith0()
    {
        var tests = _folder.Write("tests.yaml", "tests: [ { url: http://shop.example.com/, expect: { service: shop/web } } ]");

        var result = await Cli.RunAsync("test", tests, "--manifests", _folder.Write("shop.yaml", ManifestText.Shop()));

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("1 passed, 0 failed" + Environment.NewLine, result.Output);
        Assert.Empty(result.Error);
    }

    [Fact]
    public async Task Test_Failures_SayWhatAndWhy()
    {
        var (tests, shop) = (_folder.Write("tests.yaml", Tests), _folder.Write("shop.yaml", ManifestText.Shop()));

        var result = await Cli.RunAsync("test", tests, "--manifests", shop);

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(
            $"""
            FAILED  health is not public  ({tests}:5)
                    expected  never shop/probe
                    got       shop/probe:http
                    request   http://shop.example.com/health
                    because   {shop}:14, Exact /health of Ingress shop/shop

            FAILED  somebody else's certificate  ({tests}:7)
                    expected  the certificate of shop/tls
                    got       a refused handshake
                    request   GET https://shop.example.com/x with Host: other.example.com
                    handshake shop.example.com
                    because   No rule is for this host, and no default backend takes its requests.
                    and       No TLS entry is for 'shop.example.com', and there is no default certificate: the handshake is refused.

            1 passed, 2 failed

            """,
            result.Output,
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public async Task Test_Json_HoldsResultsAndAnswers()
    {
        var (tests, shop) = (_folder.Write("tests.yaml", Tests), _folder.Write("shop.yaml", ManifestText.Shop()));

        var result = await Cli.RunAsync("test", tests, "--manifests", shop, "--format", "json");

        Assert.Equal(1, result.ExitCode);
        var root = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal((1, 2), (root.GetProperty("passed").GetInt32(), root.GetProperty("failed").GetInt32()));
        var health = root.GetProperty("tests")[1];
        Assert.Equal("health is not public", health.GetProperty("name").GetString());
        Assert.Equal((tests, 5), (health.GetProperty("file").GetString(), health.GetProperty("line").GetInt32()));
        Assert.Equal("http://shop.example.com/health", health.GetProperty("url").GetString());
        Assert.Equal("shop/probe", health.GetProperty("answer").GetProperty("service").GetString());
        Assert.Equal("never", health.GetProperty("failures")[0].GetProperty("subject").GetString());
        Assert.Empty(root.GetProperty("tests")[0].GetProperty("explanation").EnumerateArray());
    }

    [Fact]
    public async Task Test_JUnit_CountsAndNamesEveryTest()
    {
        var (tests, shop) = (_folder.Write("tests.yaml", Tests), _folder.Write("shop.yaml", ManifestText.Shop()));
        var more = _folder.Write("more.yaml", "tests: [ { name: \"odd \\x1b <&> \\uFFFF\", url: /x, expect: { status: 400 } } ]");

        var result = await Cli.RunAsync("test", tests, more, "--manifests", shop, "--format", "junit");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("<?xml version=\"1.0\" encoding=\"utf-8\"?>", result.Output, StringComparison.Ordinal);
        var suites = XDocument.Parse(result.Output).Root!;
        Assert.Equal(("testsuites", "4", "3"), (suites.Name.LocalName, suites.Attribute("tests")!.Value, suites.Attribute("failures")!.Value));
        Assert.Equal([tests, more], suites.Elements("testsuite").Select(suite => suite.Attribute("name")!.Value));
        Assert.Equal(["3", "1"], suites.Elements("testsuite").Select(suite => suite.Attribute("tests")!.Value));
        var cases = suites.Descendants("testcase").ToList();
        Assert.Equal(
            ["the front page", "health is not public", "somebody else's certificate", "odd \\u001B <&> \uFFFD"],
            cases.Select(test => test.Attribute("name")!.Value));
        Assert.Equal([0, 1, 1, 1], cases.Select(test => test.Elements("failure").Count()));
        var failure = cases[1].Element("failure")!;
        Assert.Equal("expected never shop/probe, got shop/probe:http", failure.Attribute("message")!.Value);
        Assert.Contains($"because   {shop}:14, Exact /health of Ingress shop/shop", failure.Value, StringComparison.Ordinal);
    }

    // Readers that check take nothing else.
    [Fact]
    public async Task Test_JUnit_HasNoUncommonElementsOrAttributes()
    {
        var (tests, shop) = (_folder.Write("tests.yaml", Tests), _folder.Write("shop.yaml", ManifestText.Shop()));
        var common = new Dictionary<string, string[]>
        {
            ["testsuites"] = ["name", "tests", "failures", "errors", "time"],
            ["testsuite"] = ["name", "tests", "failures", "errors", "time", "skipped"],
            ["testcase"] = ["name", "classname", "time"],
            ["failure"] = ["message", "type"],
        };

        var result = await Cli.RunAsync("test", tests, "--manifests", shop, "--format", "junit");

        Assert.All(
            XDocument.Parse(result.Output).Descendants(),
            element => Assert.Equal(common[element.Name.LocalName], element.Attributes().Select(attribute => attribute.Name.LocalName)));
    }

    [Theory]
    [InlineData("docs/examples/fan-out")]
    [InlineData("docs/examples/virtual-hosts")]
    [InlineData("docs/examples/default-backend")]
    [InlineData("docs/examples/tls")]
    [InlineData("docs/examples/resource-backend")]
    [InlineData("docs/examples")]
    public async Task Test_WhatInitWrites_PassesAtOnce(string example)
    {
        var manifests = Path.Combine(RepositoryRoot.Path, example);

        var init = await Cli.RunAsync("test", "--init", "--manifests", manifests);
        var result = await Cli.RunAsync("test", _folder.Write("tests.yaml", init.Output), "--manifests", manifests);

        Assert.Equal(0, init.ExitCode);
        Assert.Equal("", result.Error);
        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"^[1-9]\d* passed, 0 failed\r?\n$", result.Output);
    }

    // What is expected of one set of manifests is not met by another.
    [Fact]
    public async Task Test_WhatInitWrites_FailsForOtherManifests()
    {
        var init = await Cli.RunAsync("test", "--init", "--manifests", _folder.Write("shop.yaml", ManifestText.Shop()));

        var result = await Cli.RunAsync(
            "test", _folder.Write("tests.yaml", init.Output), "--manifests", _folder.Write("other.yaml", ManifestText.Shop("other.example.com")));

        Assert.Equal(1, result.ExitCode);
        Assert.EndsWith("1 passed, 2 failed" + Environment.NewLine, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_MistakesInTheFile_AreAllReportedAndNothingRuns()
    {
        var tests = _folder.Write("tests.yaml", "tests:\n- url: /a\n  expect: { statu: 404 }\n- never: {}\n");

        var result = await Cli.RunAsync("test", tests, "--manifests", _folder.Write("shop.yaml", ManifestText.Shop()));

        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Contains($"{tests}:3:13: error: There is no key 'statu' in 'expect'.", result.Error, StringComparison.Ordinal);
        Assert.Contains($"{tests}:4:10: error: 'never' needs a 'service'.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_NothingReadable_ExitsWith2()
    {
        var tests = _folder.Write("tests.yaml", Tests);
        var shop = _folder.Write("shop.yaml", ManifestText.Shop());
        var missing = Path.Combine(_folder.Path, "missing.yaml");

        Assert.Equal(2, (await Cli.RunAsync("test", tests, "--manifests", missing)).ExitCode);
        Assert.Equal(2, (await Cli.RunAsync("test", missing, "--manifests", shop)).ExitCode);
        Assert.Equal(2, (await Cli.RunAsync("test", "--manifests", shop)).ExitCode);
        Assert.Equal(2, (await Cli.RunAsync("test", tests, "--init", "--manifests", shop)).ExitCode);
    }
}

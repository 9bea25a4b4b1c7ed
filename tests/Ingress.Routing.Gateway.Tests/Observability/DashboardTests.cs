using System.Text.Json;
using System.Text.RegularExpressions;
using Ingress.Routing.Tests.Shared;
using Microsoft.AspNetCore.Http;
using YamlDotNet.RepresentationModel;

namespace Ingress.Routing.Gateway.Tests.Observability;

/// <summary>Dashboard, alert rules and the page about them speak of metrics that there are.</summary>
public sealed partial class DashboardTests : IAsyncLifetime, IDisposable
{
    private const string Rules = "deploy/observability/alerts.yaml";

    private readonly ManifestFolder _folder = new();
    private readonly MetricNames _names = new();
    private TestBackend _backend = null!;
    private RunningGateway _gateway = null!;

    public async Task InitializeAsync()
    {
        _folder.Write("shop.yaml", ManifestText.Shop());
        _backend = await TestBackend.StartAsync(static context => context.Response.WriteAsync("fine"));
        _gateway = await RunningGateway.StartHttpAsync(
            _folder.Path, "--admin", "127.0.0.1:0", "--backend", $"shop/web:80={_backend.Address}", "--access-log", "json", "--access-log-file", Path.Combine(_folder.Path, "access.log"));
        foreach (var target in (string[])["/", "/health", "/%zz"])
        {
            await RawHttp.GetAsync(_gateway.Http, "shop.example.com", target);
        }
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _backend.DisposeAsync();
    }

    public void Dispose()
    {
        _names.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Names_AreThoseThatAreServed()
    {
        var metrics = (await RawHttp.GetAsync(_gateway.Admin, "x", "/metrics")).Body;
        var served = Samples().Matches(metrics).Select(static match => match.Groups[1].Value).Distinct().Where(static name => name.StartsWith("ingress_routing_", StringComparison.Ordinal)).ToList();

        Assert.Contains("ingress_routing_request_duration_seconds_bucket", served);
        Assert.Contains("ingress_routing_route_requests_total", served);
        Assert.All(served, name => Assert.Contains(name, _names.All));
        Assert.Contains("le=\"0.0025\"", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public void Dashboard_HasPanels_AboutMetricsThatThereAre()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "deploy/observability/dashboard.json")));
        var root = dashboard.RootElement;
        var panels = root.GetProperty("panels").EnumerateArray().ToList();
        var expressions = panels.Where(static panel => panel.TryGetProperty("targets", out _))
            .SelectMany(static panel => panel.GetProperty("targets").EnumerateArray())
            .Select(static target => target.GetProperty("expr").GetString()!)
            .Concat(root.GetProperty("templating").GetProperty("list").EnumerateArray()
                .Where(static variable => variable.GetProperty("type").GetString() == "query")
                .Select(static variable => LabelValues().Match(variable.GetProperty("definition").GetString()!).Groups[1].Value));

        Assert.True(root.GetProperty("schemaVersion").GetInt32() >= 36);
        Assert.NotEmpty(root.GetProperty("title").GetString()!);
        Assert.Equal(panels.Count, panels.Select(static panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.All(panels, static panel =>
        {
            var place = panel.GetProperty("gridPos");
            Assert.InRange(place.GetProperty("x").GetInt32() + place.GetProperty("w").GetInt32(), 1, 24);
        });
        AssertAllExist(expressions);
    }

    [Fact]
    public void Alerts_AreRules_AboutMetricsThatThereAre()
    {
        var yaml = new YamlStream();
        using var reader = new StreamReader(Path.Combine(RepositoryRoot.Path, Rules));
        yaml.Load(reader);
        var groups = (YamlSequenceNode)yaml.Documents.Single().RootNode["groups"];
        var rules = groups.SelectMany(static group => (YamlSequenceNode)group["rules"]).ToList();

        Assert.True(rules.Count > 5);
        Assert.Equal(rules.Count, rules.Select(static rule => rule["alert"].ToString()).Distinct().Count());
        Assert.All(rules, static rule => Assert.NotEmpty(rule["annotations"]["summary"].ToString()));
        AssertAllExist(rules.Select(static rule => rule["expr"].ToString()));
    }

    [FactWithTool("promtool")]
    public async Task Alerts_AreAcceptedByPrometheus()
    {
        var (exitCode, output, error) = await ExternalTool.RunAsync("promtool", "check", "rules", Path.Combine(RepositoryRoot.Path, Rules));

        Assert.True(exitCode == 0, output + error);
    }

    [Fact]
    public void Page_ListsEveryInstrument()
    {
        var listed = Listed("observability.md");

        // What a gateway has only in a cluster, or with ACME, is on the pages of these; tests beside this one may have both.
        Assert.All(_names.Instruments, name => Assert.Contains(name, listed.Concat(Listed("kubernetes.md")).Concat(Listed("acme.md"))));
        Assert.All(listed, name => Assert.Contains(name, _names.Instruments));
    }

    private static HashSet<string> Listed(string page)
        => [.. Rows().Matches(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", page))).Select(static match => match.Groups[1].Value)];

    private void AssertAllExist(IEnumerable<string> expressions) => Assert.All(expressions, expression =>
    {
        var names = MetricNames.In(expression).ToList();
        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Contains(name, _names.All));
        Assert.Equal(expression.Count(static character => character == '('), expression.Count(static character => character == ')'));
    });

    [GeneratedRegex(@"^([a-z_]+)(?:\{| )", RegexOptions.Multiline)]
    private static partial Regex Samples();

    [GeneratedRegex(@"^label_values\((.*), \w+\)$")]
    private static partial Regex LabelValues();

    [GeneratedRegex(@"^\| `(ingress_routing\.[a-z_.]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Rows();
}

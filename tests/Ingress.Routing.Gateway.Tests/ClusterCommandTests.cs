using System.Text.Json.Nodes;
using Ingress.Routing.Kubernetes.ApiServer;

namespace Ingress.Routing.Gateway.Tests;

/// <summary>The commands that answer once, asked about a cluster.</summary>
public sealed class ClusterCommandTests : IAsyncLifetime
{
    private const string Controller = "example.test/ingress-routing";

    private readonly TestApiServer _server = new(usesTls: true);
    private readonly ManifestFolder _folder = new();
    private string _kubeconfig = "";

    public async Task InitializeAsync()
    {
        _server.Apply($$"""{"kind":"IngressClass","metadata":{"name":"ours"},"spec":{"controller":"{{Controller}}"} }""");
        _server.Apply("""{"kind":"Service","metadata":{"name":"web","namespace":"shop"},"spec":{"ports":[{"name":"http","port":80}],"selector":{"app":"web"}}}""");
        _server.Apply(
            """
            {"kind":"EndpointSlice","metadata":{"name":"web-1","namespace":"shop","labels":{"kubernetes.io/service-name":"web"}},"addressType":"IPv4",
            "endpoints":[{"addresses":["10.1.0.1"],"conditions":{"ready":true}}],"ports":[{"name":"http","protocol":"TCP","port":8080}]}
            """);
        _server.Apply(Ingress("shop", "/"));
        await _server.StartAsync();
        _kubeconfig = Path.Combine(_folder.Path, "kubeconfig");
        _server.WriteKubeconfig(_kubeconfig);
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Routes_OfACluster_AreThoseOfItsIngresses()
    {
        var result = await RunAsync("routes", "--format", "json");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var route = Assert.Single((JsonArray)JsonNode.Parse(result.Output)!)!;
        Assert.Equal(("shop.example.test", "web"), ((string)route["host"]!, ((string)route["service"]!).Split('/')[^1].Split(':')[0]));
    }

    [Fact]
    public async Task Match_OfACluster_NamesTheIngress()
    {
        var result = await RunAsync("match", "http://shop.example.test/cart");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("shop/shop", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_OfACluster_NamesTheService()
    {
        var result = await RunAsync("explain", "http://shop.example.test/cart");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.StartsWith("Goes to Service shop/web", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_OfACluster_ChecksExpectations()
    {
        var init = await RunAsync("test", "--init");
        Assert.Equal((0, ""), (init.ExitCode, init.Error));
        var file = _folder.Write("routing.tests.yaml", init.Output);

        Assert.Equal(0, (await RunAsync("test", file)).ExitCode);
        _server.Apply(Ingress("shop", "/other"));
        Assert.Equal(1, (await RunAsync("test", file)).ExitCode);
    }

    [Fact]
    public async Task Diff_OfAClusterAndTheSameInAFolder_FindsNothing()
    {
        var file = _folder.Write("deploy/shop.json", Ingress("shop", "/"));

        var result = await RunAsync("diff", Path.GetDirectoryName(file)!);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task Diff_OfAClusterAndAnotherFolder_TellsWhatChangesAlone()
    {
        var file = _folder.Write("deploy/shop.json", Ingress("shop", "/cart"));

        var result = await RunAsync("diff", Path.GetDirectoryName(file)!);

        Assert.Equal((1, ""), (result.ExitCode, result.Error));
        Assert.Contains("/cart", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("10.1.0.1", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_EverythingIsAllowed_FindsNothing()
    {
        var result = await RunAsync("check");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.DoesNotContain("INGR2", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_SecretsAndStatusMayNotBe_NamesTheRules()
    {
        _server.Allows = static request => request.Resource.Plural != "secrets" && request.Subresource != "status";

        var result = await RunAsync("check", "--format", "json");

        Assert.Equal(1, result.ExitCode);
        var found = ((JsonArray)JsonNode.Parse(result.Output)!).Where(static one => (string)one!["id"]! == "INGR210").ToList();
        Assert.Equal(2, found.Count);
        Assert.Contains(found, static one => (string)one!["severity"]! == "error" && ((string)one["message"]!).Contains("resources: [secrets], verbs: [get, list, watch]", StringComparison.Ordinal));
        Assert.Contains(found, static one => (string)one!["severity"]! == "warning" && ((string)one["message"]!).Contains("resources: [ingresses/status], verbs: [patch]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_NothingMayBeRead_NamesAllRulesAndExits1()
    {
        _server.Allows = static _ => false;

        var result = await RunAsync("check");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("resources: [ingresses], verbs: [get, list, watch]", result.Output, StringComparison.Ordinal);
        Assert.Contains("resources: [leases]", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("routes")]
    [InlineData("check")]
    [InlineData("match", "http://shop.example.test/")]
    public async Task AnyCommand_NoServer_SaysSoAndExits2(params string[] command)
    {
        await _server.StopAsync();

        var result = await RunAsync(command);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("cannot be read", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Routes_NamespaceIsGiven_ReadsThatAlone()
    {
        var result = await RunAsync("routes", "--watch-namespace", "other");

        Assert.Equal(0, result.ExitCode);
        Assert.DoesNotContain("shop.example.test", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(_server.Requests, static request => request.StartsWith("GET /apis/networking.k8s.io/v1/ingresses", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/no/such/file", "check", "--kubernetes", "--kubeconfig", "/no/such/file")]
    [InlineData("name no files", "check", "--kubernetes", "deploy/")]
    [InlineData("give --kubernetes as well", "check", "deploy/", "--context", "x")]
    [InlineData("Required argument missing", "check")]
    [InlineData("--manifests", "explain", "http://shop.example.test/")]
    [InlineData("give one of them", "explain", "http://shop.example.test/", "--kubernetes", "--manifests", "deploy/")]
    [InlineData("name NEW alone", "diff", "--kubernetes", "a", "b")]
    [InlineData("Required argument missing", "diff", "--kubernetes")]
    [InlineData("Required argument missing", "diff", "a")]
    public async Task AnyCommand_UsedWrongly_SaysWhatIsExpected(string expected, params string[] command)
    {
        var result = await Cli.RunAsync(command);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(expected, result.Error, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The Lease goes last: whoever still answers requests still leads.</summary>
    [Fact]
    public async Task Run_AtItsEnd_GivesTheLeaseUpAndLeavesTheStatus()
    {
        await using (var gateway = await RunningGateway.StartAsync(
            "--kubernetes", "--shutdown-delay", "0", "--kubeconfig", _kubeconfig, "--controller-name", Controller, "--http", "127.0.0.1:0", "--admin", "127.0.0.1:0",
            "--publish-status-address", "203.0.113.7,lb.example.test", "--election-id", "gw", "--startup-timeout", "60"))
        {
            await EventuallyAsync(() => Status() == """[{"ip":"203.0.113.7"},{"hostname":"lb.example.test"}]""");
            Assert.NotEqual("", Holder());
            using var client = new HttpClient();
            Assert.Matches("ingress_routing_kubernetes_leader(\\{[^}]*\\})? 1", await client.GetStringAsync(new Uri($"http://{gateway.Admin}/metrics")));

            Assert.Equal(0, await gateway.StopAsync());
        }

        Assert.Equal("", Holder());
        Assert.Equal("""[{"ip":"203.0.113.7"},{"hostname":"lb.example.test"}]""", Status());
    }

    /// <summary>What <c>deploy/</c> passes on has to be understood: only the cluster is missing here.</summary>
    [Fact]
    public async Task Run_ArgumentsOfTheDeployment_AreUnderstood()
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(RepositoryRoot.Path, "deploy", "base", "deployment.yaml"));
        var arguments = lines.SkipWhile(static line => line.Trim() != "args:").Skip(1).TakeWhile(static line => line.TrimStart().StartsWith("- ", StringComparison.Ordinal))
            .Select(static line => line.Trim()[2..].Replace("$(POD_NAMESPACE)", "ingress-gateway", StringComparison.Ordinal))
            .ToArray();
        Assert.Equal("run", arguments[0]);

        var result = await Cli.RunAsync([.. arguments, "--watch-namespace=ingress-gateway", "--kubeconfig", "/no/such/file"]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("/no/such/file", Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private static async Task EventuallyAsync(Func<bool> condition)
    {
        var deadline = DateTime.UtcNow + TimeSpan.FromSeconds(60);
        while (!condition())
        {
            Assert.True(DateTime.UtcNow < deadline);
            await Task.Delay(10);
        }
    }

    private string? Status() => _server.Find("Ingress", "shop", "shop")?["status"]?["loadBalancer"]?["ingress"]?.ToJsonString();

    private string? Holder() => (string?)_server.All("Lease").SingleOrDefault()?["spec"]?["holderIdentity"];

    private static string Ingress(string name, string path) =>
        $$$"""
        {"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"{{{name}}}","namespace":"shop"},"spec":{"ingressClassName":"ours","rules":[{"host":"shop.example.test",
        "http":{"paths":[{"path":"{{{path}}}","pathType":"Prefix","backend":{"service":{"name":"web","port":{"name":"http"} } } }] } }] } }
        """;

    private Task<CliResult> RunAsync(params string[] command)
        => Cli.RunAsync([.. command, "--kubernetes", "--kubeconfig", _kubeconfig, "--controller-name", Controller]);
}

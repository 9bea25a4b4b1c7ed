using System.Globalization;
using System.Net;
using Ingress.Routing.Kubernetes.ApiServer;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.Gateway.Tests;

/// <summary><c>run --kubernetes</c>, with requests.</summary>
public sealed class ClusterRunTests : IAsyncLifetime
{
    private readonly TestApiServer _server = new(usesTls: true);
    private readonly ManifestFolder _folder = new();
    private readonly HttpClient _client = new();
    private string _kubeconfig = "";

    public async Task InitializeAsync()
    {
        _server.Apply(SampleCluster.Class());
        _server.Apply(SampleCluster.Service(0));
        _server.Apply(SampleCluster.Ingress(0, 1, 1));
        await _server.StartAsync();
        _kubeconfig = Path.Combine(_folder.Path, "kubeconfig");
        _server.WriteKubeconfig(_kubeconfig);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Run_ServerGoneAndBack_EveryRequestIsAnswered()
    {
        await using var first = await TestBackend.StartAsync(static context => context.Response.WriteAsync("first"));
        await using var second = await TestBackend.StartAsync(static context => context.Response.WriteAsync("second"));
        _server.Apply(SampleCluster.Slice(0, first.Port, "127.0.0.1"));
        await using var gateway = await StartAsync("--allow-loopback-endpoints");
        Assert.Equal("first", await GetAsync(gateway));

        await _server.StopAsync();
        _server.Apply(SampleCluster.Slice(0, second.Port, "127.0.0.1"));
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal("first", await GetAsync(gateway));
        }

        using var ready = await _client.GetAsync(new Uri($"http://{gateway.Admin}/readyz"));
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        await _server.StartAsync();
        var deadline = DateTime.UtcNow.AddSeconds(60);
        while (await GetAsync(gateway) is { } answer && answer != "second")
        {
            Assert.Equal("first", answer);
            Assert.True(DateTime.UtcNow < deadline);
            await Task.Delay(20);
        }
    }

    [Fact]
    public async Task Run_LoopbackEndpoints_NeedTheirOption()
    {
        await using var backend = await TestBackend.StartAsync(static context => context.Response.WriteAsync("inside"));
        _server.Apply(SampleCluster.Slice(0, backend.Port, "127.0.0.1"));
        await using var gateway = await StartAsync();
        using var response = await SendAsync(gateway);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    [Theory]
    [InlineData("--kubeconfig=/no/such/file", "cannot be read")]
    [InlineData("--context=none", "no context 'none'")]
    public async Task Run_ClusterNotKnown_IsExitCodeTwo(string option, string expected)
    {
        string[] file = option.StartsWith("--kubeconfig", StringComparison.Ordinal) ? [] : ["--kubeconfig", _kubeconfig];
        var result = await Cli.RunAsync(["run", "--kubernetes", .. file, option, "--http", "127.0.0.1:0"]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--watch-namespace=a", "--watch-namespace-selector=b")]
    [InlineData("--watch-namespace-selector=a in b")]
    [InlineData("--watch-namespace=A_B")]
    [InlineData("--publish-status-address=not/an/address")]
    public async Task Run_OptionsThatMakeNoSense_AreExitCodeTwo(params string[] options)
        => Assert.Equal(2, (await Cli.RunAsync(["run", "--kubernetes", "--kubeconfig", _kubeconfig, .. options])).ExitCode);

    private Task<RunningGateway> StartAsync(params string[] more) => RunningGateway.StartAsync(
        ["--kubernetes", "--shutdown-delay", "0", "--kubeconfig", _kubeconfig, "--controller-name", SampleCluster.ControllerName, "--http", "127.0.0.1:0", "--admin", "127.0.0.1:0", .. more]);

    private async Task<string> GetAsync(RunningGateway gateway)
    {
        using var response = await SendAsync(gateway);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    private async Task<HttpResponseMessage> SendAsync(RunningGateway gateway)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(string.Create(CultureInfo.InvariantCulture, $"http://{gateway.Http}/")));
        request.Headers.Host = "h0.example.test";
        return await _client.SendAsync(request);
    }
}

using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.Gateway.Tests;

public sealed class LimitsFileTests : IAsyncLifetime, IDisposable
{
    private readonly ManifestFolder _folder = new();
    private readonly ManifestFolder _settings = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly SemaphoreSlim _release = new(0);
    private TestBackend _backend = null!;

    private string File => Path.Combine(_settings.Path, "limits.json");

    public async Task InitializeAsync()
    {
        _folder.Write("shop.yaml", ManifestText.Shop());
        _backend = await TestBackend.StartAsync(async context =>
        {
            _arrived.Release();
            await _release.WaitAsync();
            await context.Response.WriteAsync("fine");
        });
    }

    public async Task DisposeAsync()
    {
        _release.Release(100);
        await _backend.DisposeAsync();
    }

    public void Dispose()
    {
        _folder.Dispose();
        _settings.Dispose();
        _arrived.Dispose();
        _release.Dispose();
    }

    [Fact]
    public async Task Change_IsInForceWithoutARestart()
    {
        _settings.Write("limits.json", """{ "maxRequests": 1 }""");
        await using var gateway = await StartAsync();
        var first = GetAsync(gateway);
        Assert.True(await _arrived.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(503, (await GetAsync(gateway)).Status);

        _settings.Write("limits.json", """{ "maxRequests": 2, "maxRequestsPerClient": 2 }""");
        await gateway.Output.ReadToAsync("Changed: the limits are those of");
        var second = GetAsync(gateway);
        Assert.True(await _arrived.WaitAsync(TimeSpan.FromSeconds(30)));

        _release.Release(2);
        Assert.Equal((200, 200), ((await first).Status, (await second).Status));
    }

    [Fact]
    public async Task Change_ThatCannotBeUsed_LeavesTheLastOneInForceAndSaysWhy()
    {
        _settings.Write("limits.json", """{ "maxRequests": 1 }""");
        await using var gateway = await StartAsync();
        _settings.Write("limits.json", """{ "maxRequests": 0 }""");
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!gateway.Error.Contains("'maxRequests' must be at least 1", StringComparison.Ordinal))
        {
            await Task.Delay(50, deadline.Token);
        }

        var first = GetAsync(gateway);
        Assert.True(await _arrived.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(503, (await GetAsync(gateway)).Status);
        _release.Release();
        Assert.Equal(200, (await first).Status);
    }

    [Theory]
    [InlineData("""{ "maxRequest": 1 }""", "maxRequest")]
    [InlineData("""{ "bodyTimeout": -1 }""", "'bodyTimeout' is not a number of seconds from 0 to 86400.")]
    [InlineData("[]", "an object")]
    public async Task Start_FileThatCannotBeUsed_ExitsWith2(string text, string problem)
    {
        _settings.Write("limits.json", text);

        var result = await Cli.RunAsync("run", "--manifests", _folder.Path, "--http", "127.0.0.1:0", "--limits-file", File);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(problem, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_NoSuchFile_ExitsWith2()
    {
        var result = await Cli.RunAsync("run", "--manifests", _folder.Path, "--http", "127.0.0.1:0", "--limits-file", File);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--limits-file", result.Error, StringComparison.Ordinal);
    }

    private static Task<RawResponse> GetAsync(RunningGateway gateway) => RawHttp.GetAsync(gateway.Http, "shop.example.com", "/");

    private Task<RunningGateway> StartAsync()
        => RunningGateway.StartHttpAsync(_folder.Path, "--backend", $"shop/web:80={_backend.Address}", "--limits-file", File);
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Ingress.Routing.Gateway.CommandLine;
using Ingress.Routing.Gateway.Serving;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.Gateway.Tests;

public sealed class RunCommandTests : IDisposable
{
    private readonly ManifestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_PrintsHostsPathsServicesDiagnosticsAndAddresses()
    {
        _folder.Write("shop.yaml", ManifestText.Shop() + ManifestText.Service("shop", "web", 80, "127.0.0.1", 9));
        var bad = _folder.Write("bad.yaml", ManifestText.Shop(host: "UPPER.example.com").Replace("name: shop", "name: bad", StringComparison.Ordinal));
        _folder.Write("others.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\n");

        await using var gateway = await RunningGateway.StartHttpAsync(_folder.Path);

        var lines = gateway.Start.Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ToList();
        Assert.Equal("shop.example.com", lines[0]);
        Assert.Equal("/health Exact shop/probe:http no such Service: 503", lines[1]);
        Assert.Equal("/ Prefix shop/web:80 127.0.0.1:9", lines[2]);
        Assert.Contains(lines, line => line.StartsWith($"{bad}:8:", StringComparison.Ordinal) && line.Contains("error INGR004", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("warning INGR090", StringComparison.Ordinal));
        Assert.Contains("info INGR101: 2 documents of kinds that take no part in routing: Deployment 1, Pod 1", lines);
        Assert.Contains("2 Ingresses, 1 error, 1 warning; 2 routes to 2 Service ports.", lines);
        Assert.Equal($"Listening on http://{gateway.Http}", lines[^2]);
        Assert.Equal("Ready.", lines[^1]);
        Assert.NotEqual(0, gateway.Http.Port);
    }

    [Fact]
    public async Task Start_Echo_SaysWhoAnswersInsteadOf503()
    {
        _folder.Write("shop.yaml", ManifestText.Shop());

        await using var gateway = await RunningGateway.StartHttpAsync(_folder.Path, "--echo");

        Assert.DoesNotContain("503", gateway.Output.Text, StringComparison.Ordinal);
        Assert.Contains("info INGR090: 2 backends without ready endpoints, answered as shown above", gateway.Start);
    }

    [Theory]
    [InlineData("other.example.com", "/", 404)]
    [InlineData("shop.example.com", "/%zz", 400)]
    [InlineData("a..b", "/", 400)]
    [InlineData("shop.example.com", "/health", 503)]
    public async Task Request_WithoutAnAnswer_HasAShortPlainBody(string host, string target, int status)
    {
        _folder.Write("shop.yaml", ManifestText.Shop());
        await using var gateway = await RunningGateway.StartHttpAsync(_folder.Path);

        var response = await RawHttp.GetAsync(gateway.Http, host, target);

        Assert.Equal(status, response.Status);
        Assert.Contains("Content-Type: text/plain", response.Head, StringComparison.Ordinal);
        Assert.InRange(response.Body.Length, 1, 200);
        Assert.DoesNotContain("Server:", response.Head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_EndpointsOfTheManifests_AreReached()
    {
        await using var backend = await TestBackend.StartAsync(context => context.Response.WriteAsync($"{context.Request.Host} {context.Request.Path}"));
        _folder.Write("shop.yaml", ManifestText.Shop() + ManifestText.Service("shop", "web", 80, "127.0.0.1", backend.Port));
        await using var gateway = await RunningGateway.StartHttpAsync(_folder.Path, "--echo");

        Assert.Equal("shop.example.com /a", (await RawHttp.GetAsync(gateway.Http, "shop.example.com", "/a")).Body);
        Assert.Equal("shop/probe", (await RawHttp.GetAsync(gateway.Http, "shop.example.com", "/health")).Json.GetProperty("service").GetString());
    }

    // An annotation can mean the first port of a Service without naming it.
    [Fact]
    public async Task Run_BackendOption_AnswersForTheFirstPortToo()
    {
        await using var backend = await TestBackend.StartAsync(context => context.Response.WriteAsync("page"));
        _folder.Write("shop.yaml", ManifestText.Shop()
            .Replace("  name: shop\n", "  name: shop\n  annotations: { ingress.routing/fallback-service: errors }\n", StringComparison.Ordinal));
        await using var gateway = await RunningGateway.StartHttpAsync(_folder.Path, "--backend", $"shop/errors:8080={backend.Address}");

        Assert.Equal("page", (await RawHttp.GetAsync(gateway.Http, "shop.example.com", "/")).Body);
        Assert.DoesNotContain(gateway.Start, static line => line.Contains("No route asks for", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Request_Backend_GoesBeforeEndpoints()
    {
        await using var backend = await TestBackend.StartAsync(context => context.Response.WriteAsync("overridden"));
        _folder.Write("shop.yaml", ManifestText.Shop() + ManifestText.Service("shop", "web", 80, "127.0.0.1", 9));
        await using var gateway = await RunningGateway.StartHttpAsync(
            _folder.Path, "--backend", $"shop/web:80={backend.Address}", "shop/typo:80=http://127.0.0.1:9");

        Assert.Equal("overridden", (await RawHttp.GetAsync(gateway.Http, "shop.example.com", "/a")).Body);
        Assert.Contains("No route asks for the Service port 'shop/typo:80' of --backend.", gateway.Start);
    }

    [Fact]
    public async Task Request_DefaultBackend_TakesTheRest()
    {
        _folder.Write("shop.yaml", ManifestText.Shop());
        await using var gateway = await RunningGateway.StartHttpAsync(_folder.Path, "--echo", "--default-backend", "ops/fallback:8080");

        var response = await RawHttp.GetAsync(gateway.Http, "other.example.com", "/");

        Assert.Equal("ops/fallback", response.Json.GetProperty("service").GetString());
    }

    [Fact]
    public async Task Request_ControllerName_LeavesOtherClassesOut()
    {
        _folder.Write("shop.yaml", ManifestText.Shop());
        await using var gateway = await RunningGateway.StartHttpAsync(_folder.Path, "--echo", "--controller-name", "example.com/ingress");

        Assert.Equal(404, (await RawHttp.GetAsync(gateway.Http, "shop.example.com", "/")).Status);
    }

    [Fact]
    public async Task Request_Resource_IsServedFromItsFolder()
    {
        _folder.Write("manifests/icons.yaml", """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: { name: icons, namespace: shop }
            spec:
              defaultBackend: { resource: { apiGroup: storage.example.com, kind: Bucket, name: icons } }
            """);
        _folder.Write("files/shop/icons/a.txt", "0123456789");
        await using var gateway = await RunningGateway.StartHttpAsync(
            Path.Combine(_folder.Path, "manifests"), "--resource", $"storage.example.com/Bucket={Path.Combine(_folder.Path, "files")}");

        var range = await RawHttp.SendAsync(
            gateway.Http, "GET /a.txt HTTP/1.1\r\nHost: any.example.com\r\nRange: bytes=2-3\r\nConnection: close\r\n\r\n");
        var outside = await RawHttp.GetAsync(gateway.Http, "any.example.com", "/..%2f..%2f..%2fmanifests/icons.yaml");

        Assert.Equal((206, "23"), (range.Status, range.Body));
        Assert.Equal(404, outside.Status);
    }

    [Fact]
    public async Task Change_IsInForceAndSummed()
    {
        _folder.Write("shop.yaml", ManifestText.Shop());
        await using var gateway = await RunningGateway.StartHttpAsync(_folder.Path, "--echo");

        _folder.Write("more.yaml", ManifestText.Shop(host: "more.example.com").Replace("name: shop", "name: more", StringComparison.Ordinal));

        var lines = await gateway.Output.ReadToAsync("Changed:");
        Assert.Equal("Changed: 2 Ingresses, 0 errors, 0 warnings; 4 routes to 2 Service ports.", lines[^1]);
        Assert.Equal(200, (await RawHttp.GetAsync(gateway.Http, "more.example.com", "/")).Status);
    }

    [Fact]
    public async Task Change_BrokenFile_KeepsServingItsLastGoodVersion()
    {
        var file = _folder.Write("shop.yaml", ManifestText.Shop());
        await using var gateway = await RunningGateway.StartHttpAsync(_folder.Path, "--echo");

        _folder.Write("shop.yaml", "spec: [ broken");

        await gateway.Output.ReadToAsync("Changed:");
        while (!(await gateway.Output.ReadToAsync(file))[^1].Contains("INGR107", StringComparison.Ordinal))
        {
            // The line before says what is wrong with the file.
        }

        Assert.Equal(200, (await RawHttp.GetAsync(gateway.Http, "shop.example.com", "/")).Status);
    }

    [Theory]
    [InlineData("--http", "{0}")]
    [InlineData("--https", "{0}")]
    [InlineData("--admin", "{0}")]
    [InlineData("--http", "localhost:{1}")]
    public async Task Start_PortInUse_NamesAddressOptionAndReason(string option, string address)
    {
        _folder.Write("shop.yaml", ManifestText.Shop());
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var taken = (IPEndPoint)other.LocalEndpoint;
        string[] http = option == "--http" ? [] : ["--http", "127.0.0.1:0"];

        var result = await Cli.RunAsync(
            ["run", "--manifests", _folder.Path, .. http, option, string.Format(CultureInfo.InvariantCulture, address, taken, taken.Port)]);

        Assert.Equal(1, result.ExitCode);
        var line = Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("Cannot listen on ", line, StringComparison.Ordinal);
        Assert.Contains($"{taken}", line, StringComparison.Ordinal);
        Assert.Contains($"({option}): another program listens there.", line, StringComparison.Ordinal);
    }

    // Logged by another thread, so only a process that ends shows what is written at all.
    [Fact]
    public async Task Start_PortInUse_WritesNoStackTrace()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        var ended = await Assert.ThrowsAsync<InvalidOperationException>(
            () => GatewayProcess.StartAsync(_folder.Path, "--manifests", _folder.Path, "--admin", other.LocalEndpoint.ToString()!));

        Assert.Single(ended.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Start_SameAddressTwice_ExitsWith2()
    {
        var result = await Cli.RunAsync("run", "--manifests", _folder.Path, "--http", "127.0.0.1:8081", "--admin", "127.0.0.1:8081");

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("127.0.0.1:8081 is given more than once (--http, --admin).", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PortInUse_ExitsWith1AndOneLine()
    {
        _folder.Write("shop.yaml", ManifestText.Shop());
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        var result = await Cli.RunAsync("run", "--manifests", _folder.Path, "--http", other.LocalEndpoint.ToString()!);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(other.LocalEndpoint.ToString()!, Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_WithIdleConnections_ExitsWith0()
    {
        _folder.Write("shop.yaml", ManifestText.Shop());
        var gateway = await RunningGateway.StartHttpAsync(_folder.Path, "--echo");
        using var client = new HttpClient();
        (await client.GetAsync($"http://{gateway.Http}/")).Dispose(); // leaves a connection open for the next request

        Assert.Equal(0, await gateway.StopAsync().WaitAsync(TimeSpan.FromSeconds(15)));
    }

    [Fact]
    public async Task Stop_RequestThatNeverEnds_IsCutOffAtTheBound()
    {
        var arrived = new TaskCompletionSource();
        await using var backend = await TestBackend.StartAsync(context =>
        {
            arrived.TrySetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        });
        _folder.Write("shop.yaml", ManifestText.Shop() + ManifestText.Service("shop", "web", 80, "127.0.0.1", backend.Port));
        var gateway = await RunningGateway.StartAsync(new RunSettings
        {
            Manifests = [_folder.Path],
            Http = [new ListenAddress("", [new(IPAddress.Loopback, 0)])],
            DrainTimeout = TimeSpan.FromMilliseconds(200),
        });
        var inFlight = RawHttp.GetAsync(gateway.Http, "shop.example.com", "/");
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(0, await gateway.StopAsync().WaitAsync(TimeSpan.FromSeconds(15)));
        await Assert.ThrowsAnyAsync<Exception>(() => inFlight);
    }
}

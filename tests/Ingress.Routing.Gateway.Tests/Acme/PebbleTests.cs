using System.Diagnostics;
using Ingress.Routing.Tests.Shared;
using Xunit.Abstractions;

namespace Ingress.Routing.Gateway.Tests.Acme;

/// <summary>The gateway with a CA that shares no code with us, judged by curl and OpenSSL.</summary>
public sealed class PebbleTests(ITestOutputHelper output) : IDisposable
{
    private readonly ManifestFolder _folder = new();
    private readonly string _storage = Directory.CreateTempSubdirectory("acme-").FullName;

    public void Dispose()
    {
        _folder.Dispose();
        Directory.Delete(_storage, recursive: true);
    }

    [FactWithTool(PebbleServer.Tool)]
    public async Task FiftyNames_KilledAtRandomMoments_EachIsIssuedOnce()
    {
        const int Names = 50;
        string[] hosts = [.. Enumerable.Range(0, Names).Select(static i => $"host-{i}.example.test")];
        _folder.Write("sites.yaml", string.Join("---\n", hosts.Select(Site)));
        var (http, https) = (PebbleServer.FreePort(), PebbleServer.FreePort());
        await using var pebble = await PebbleServer.StartAsync(http, https);
        string[] args =
        [
            "run", "--manifests", _folder.Path, "--http", $"127.0.0.1:{http}", "--https", $"127.0.0.1:{https}", "--echo",
            "--acme-email", "ops@example.com", "--acme-agree-tos", "--acme-directory", pebble.Directory, "--acme-ca", pebble.CaFile, "--acme-storage", _storage,
        ];

        for (var i = 0; i < 6; i++)
        {
            using var killed = Start(args);
            await Task.Delay(Random.Shared.Next(500, 3500)); // the moment is what is random here
            killed.Kill();
            await killed.WaitForExitAsync();
        }

        using var gateway = Start(args);
        try
        {
            await WaitAsync(() => Kept() == Names, pebble);
            var listed = await Cli.RunAsync("certificates", _folder.Path, "--acme-storage", _storage, "--format", "json");
            Assert.Equal(Names, listed.Output.Split("\"source\": \"acme\"").Length - 1);
            Assert.Equal(Names, pebble.Issued);

            output.WriteLine($"{pebble.Orders} orders, {pebble.Invalid} of them invalid, {pebble.Issued} certificates");

            // A process that is dead when the CA looks loses the order; every other one is gone on with.
            Assert.Equal(Names + pebble.Invalid, pebble.Orders);
            await JudgeAsync(hosts[Random.Shared.Next(Names)], https, await pebble.WriteRootAsync());
        }
        finally
        {
            gateway.Kill();
            await gateway.WaitForExitAsync();
        }
    }

    [FactWithTool(PebbleServer.Tool)]
    public async Task NoPlainHttp_TheHandshakeConvinces()
    {
        _folder.Write("sites.yaml", string.Join("---\n", ((string[])["a.example.test", "b.example.test"]).Select(Site)));
        var https = PebbleServer.FreePort();
        await using var pebble = await PebbleServer.StartAsync(PebbleServer.FreePort(), https);
        await using var gateway = await RunningGateway.StartAsync(
            "--manifests", _folder.Path, "--https", $"127.0.0.1:{https}", "--echo",
            "--acme-email", "ops@example.com", "--acme-agree-tos", "--acme-directory", pebble.Directory, "--acme-ca", pebble.CaFile, "--acme-storage", _storage);

        await WaitAsync(() => Kept() == 2, pebble);

        Assert.Equal(2, pebble.Orders);
        await JudgeAsync("a.example.test", https, await pebble.WriteRootAsync());
    }

    [Fact]
    public async Task Certificates_WithoutAny_ListsHostsAndWhatIsMissing()
    {
        _folder.Write("sites.yaml", Site("a.example.test"));

        var listed = await Cli.RunAsync("certificates", _folder.Path, "--acme-storage", _storage);

        Assert.Equal(0, listed.ExitCode);
        Assert.Matches("a\\.example\\.test +none: handshakes are refused", listed.Output);
        var missing = await Cli.RunAsync("certificates", _folder.Path, "--acme-storage", _storage + "-not-there");
        Assert.Equal(2, missing.ExitCode);
    }

    [Fact]
    public async Task Run_AcmeWithUselessValues_SaysSo()
    {
        var result = await Cli.RunAsync("run", "--manifests", _folder.Path, "--http", "127.0.0.1:0", "--https", "127.0.0.1:0", "--acme-email", "nobody", "--acme-storage", _storage);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--acme-email 'nobody'", result.Error, StringComparison.Ordinal);

        result = await Cli.RunAsync("run", "--manifests", _folder.Path, "--acme-directory", "http://ca.example.test/dir");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--acme-directory", result.Error, StringComparison.Ordinal);
    }

    private static string Site(string host) => $$"""
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: { name: {{host.Split('.')[0]}}, namespace: shop }
        spec:
          tls: [ { hosts: [ {{host}} ], secretName: missing } ]
          rules:
          - host: {{host}}
            http: { paths: [ { path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } } ] }

        """;

    private static Process Start(string[] args)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "ingress-gateway.dll"), .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private int Kept() => Directory.Exists(Path.Combine(_storage, "certificates")) ? Directory.GetFiles(Path.Combine(_storage, "certificates"), "*.json").Length : 0;

    private static async Task WaitAsync(Func<bool> condition, PebbleServer pebble)
    {
        var waited = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(waited.Elapsed < TimeSpan.FromMinutes(3), pebble.Log);
            await Task.Delay(50);
        }
    }

    private static async Task JudgeAsync(string host, int port, string root)
    {
        if (ExternalTool.PathOf("curl") is not null)
        {
            // In force within a second of its issue; it has just been written.
            var waited = Stopwatch.StartNew();
            var (exitCode, output, error) = await CurlAsync();
            while (exitCode != 0 && waited.Elapsed < TimeSpan.FromSeconds(10))
            {
                (exitCode, output, error) = await CurlAsync();
            }

            Assert.True(exitCode == 0, error);
            Assert.Contains(host, output, StringComparison.Ordinal);

            Task<(int ExitCode, string Output, string Error)> CurlAsync()
                => ExternalTool.RunAsync("curl", "-sS", "--cacert", root, "--resolve", $"{host}:{port}:127.0.0.1", $"https://{host}:{port}/");
        }

        if (ExternalTool.PathOf("openssl") is not null)
        {
            var (_, output, _) = await ExternalTool.RunAsync(
                "openssl", "s_client", "-connect", $"127.0.0.1:{port}", "-servername", host, "-verify_hostname", host, "-CAfile", root, "-verify_return_error");
            Assert.Contains("Verify return code: 0 (ok)", output, StringComparison.Ordinal);
        }
    }
}

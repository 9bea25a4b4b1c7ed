using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.RegularExpressions;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Gateway.Tests.Acme;

/// <summary>A real pebble on loopback, with its DNS server: a fifth of all nonces is wrong, and it takes its time to validate.</summary>
internal sealed partial class PebbleServer : IAsyncDisposable
{
    public const string Tool = "pebble";

    private readonly Process _dns;
    private readonly Process _pebble;
    private readonly string _folder;
    private readonly int _managementPort;
    private readonly ConcurrentQueue<string> _lines;

    private PebbleServer(Process dns, Process pebble, string folder, int port, int managementPort, ConcurrentQueue<string> lines)
    {
        (_dns, _pebble, _folder, _managementPort, _lines) = (dns, pebble, folder, managementPort, lines);
        Directory = $"https://127.0.0.1:{port}/dir";
    }

    public string Directory { get; }

    /// <summary>Who vouches for its own https.</summary>
    public string CaFile => Path.Combine(_folder, "ca.pem");

    public int Orders => _lines.Count(static line => line.Contains("Added order", StringComparison.Ordinal));

    public int Issued => _lines.Count(static line => line.Contains("Issued certificate serial", StringComparison.Ordinal));

    /// <summary>The orders whose validation failed.</summary>
    public int Invalid => _lines.Select(static line => InvalidOrder().Match(line)).Where(static match => match.Success).Select(static match => match.Groups[1].Value).Distinct().Count();

    public string Log => string.Join('\n', _lines.TakeLast(60));

    /// <summary>Starts one that looks for hosts at some ports of loopback.</summary>
    public static async Task<PebbleServer> StartAsync(int httpPort, int tlsPort)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("pebble-").FullName;
        WriteCertificates(folder);
        var (port, managementPort, dnsPort, dnsManagementPort) = (FreePort(), FreePort(), FreePort(), FreePort());
        var config = Path.Combine(folder, "config.json");
        await File.WriteAllTextAsync(config, JsonSerializer.Serialize(new
        {
            pebble = new
            {
                listenAddress = $"127.0.0.1:{port}",
                managementListenAddress = $"127.0.0.1:{managementPort}",
                certificate = Path.Combine(folder, "server.pem"),
                privateKey = Path.Combine(folder, "server.key"),
                httpPort,
                tlsPort,
                ocspResponderURL = "",
                externalAccountBindingRequired = false,
            },
        }));
        var dns = Start(
            "pebble-challtestsrv", [], new(), "-dns01", $"127.0.0.1:{dnsPort}", "-management", $"127.0.0.1:{dnsManagementPort}", "-http01", "", "-https01", "", "-tlsalpn01", "", "-defaultIPv6", "");
        var lines = new ConcurrentQueue<string>();
        var pebble = Start(
            Tool, new() { ["PEBBLE_WFE_NONCEREJECT"] = "20", ["PEBBLE_VA_SLEEPTIME"] = "2" }, lines, "-config", config, "-dnsserver", $"127.0.0.1:{dnsPort}");
        var server = new PebbleServer(dns, pebble, folder, port, managementPort, lines);
        var waited = Stopwatch.StartNew();
        while (!lines.Any(static line => line.Contains("ACME directory available", StringComparison.Ordinal)))
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(30) && !pebble.HasExited && !dns.HasExited, $"pebble does not start:\n{server.Log}");
            await Task.Delay(50);
        }

        return server;
    }

    /// <summary>A port that is free now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Writes the root that its certificates lead to, which is another one at each start.</summary>
    public async Task<string> WriteRootAsync()
    {
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = static (_, _, _, _) => true }; // loopback, and a test
        using var http = new HttpClient(handler);
        var path = Path.Combine(_folder, "root.pem");
        await File.WriteAllTextAsync(path, await http.GetStringAsync(new Uri($"https://127.0.0.1:{_managementPort}/roots/0")));
        return path;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in (Process[])[_pebble, _dns])
        {
            if (!process.HasExited)
            {
                process.Kill();
            }

            await process.WaitForExitAsync();
            process.Dispose();
        }

        System.IO.Directory.Delete(_folder, recursive: true);
    }

    private static Process Start(string tool, Dictionary<string, string> environment, ConcurrentQueue<string> lines, params string[] args)
    {
        var start = new ProcessStartInfo(ExternalTool.PathOf(tool)!, args) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => lines.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => lines.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static void WriteCertificates(string folder)
    {
        var (from, until) = (DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest("CN=pebble https", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var root = authority.CreateSelfSigned(from, until.AddHours(1));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(root, from, until, RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(Path.Combine(folder, "ca.pem"), root.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "server.pem"), issued.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "server.key"), key.ExportPkcs8PrivateKeyPem());
    }

    [GeneratedRegex("order (\\S+) set INVALID")]
    private static partial Regex InvalidOrder();
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Ingress.Routing.Tests.Shared;

/// <summary>A real nginx on loopback, as the judge of what nginx does. It keeps its files in a folder of its own, and runs until it is disposed.</summary>
/// <remarks>A test that starts one has <c>[FactWithTool(NginxServer.Tool)]</c>, so that it is skipped, with a reason, where nginx is missing.</remarks>
internal sealed class NginxServer : IAsyncDisposable
{
    public const string Tool = "nginx";

    private const int Attempts = 5;
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly string _folder;

    private NginxServer(Process process, string folder, int port)
    {
        _process = process;
        _folder = folder;
        Url = new Uri($"http://127.0.0.1:{port}");
    }

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    /// <summary>What it has complained about so far.</summary>
    public string Errors => File.ReadAllText(Path.Combine(_folder, "error.log"));

    /// <summary>A folder that it can read: password files and the like belong here, written before the start.</summary>
    /// <returns>The path of a new empty folder, which goes with the server that is started with it.</returns>
    public static string NewFolder() => Directory.CreateTempSubdirectory("nginx-").FullName;

    /// <summary>Starts one.</summary>
    /// <param name="server">The inside of its <c>server</c> block, without <c>listen</c>.</param>
    /// <param name="http">What stands beside that block: <c>limit_req_zone</c>, <c>map</c>, <c>upstream</c> and further servers.</param>
    /// <param name="folder">A folder of <see cref="NewFolder"/>; relative names in the configuration are looked up in it.</param>
    public static async Task<NginxServer> StartAsync(string server, string http = "", string? folder = null)
    {
        folder ??= NewFolder();
        for (var attempt = 1; ; attempt++)
        {
            // nginx cannot be told to choose a port. Another process may take this one before it does.
            var port = FreePort();
            await File.WriteAllTextAsync(Path.Combine(folder, "nginx.conf"), Configuration(server, http, port, folder));
            var process = Process.Start(new ProcessStartInfo(ExternalTool.PathOf(Tool)!, ["-e", "error.log", "-p", folder, "-c", "nginx.conf"]) { RedirectStandardError = true })!;
            if (await IsListeningAsync(process, port))
            {
                return new(process, folder, port);
            }

            var error = await process.StandardError.ReadToEndAsync();
            process.Dispose();
            if (attempt == Attempts || !error.Contains("Address already in use", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"nginx does not start:\n{error}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    // One process, so that it counts as exactly as one of ours, and so that it is gone when it is killed.
    private static string Configuration(string server, string http, int port, string folder) => $$"""
        daemon off;
        master_process off;
        pid nginx.pid;
        error_log error.log info;
        events { worker_connections 256; }
        http {
          access_log off;
          client_body_temp_path {{folder}}/body;
          proxy_temp_path {{folder}}/proxy;
          fastcgi_temp_path {{folder}}/fastcgi;
          uwsgi_temp_path {{folder}}/uwsgi;
          scgi_temp_path {{folder}}/scgi;
          {{http}}
          server {
            listen 127.0.0.1:{{port}};
            {{server}}
          }
        }
        """;

    private static async Task<bool> IsListeningAsync(Process process, int port)
    {
        var waited = Stopwatch.StartNew();
        while (!process.HasExited)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return true;
            }
            catch (SocketException) when (waited.Elapsed < s_deadline)
            {
                await Task.Delay(10);
            }
        }

        return false;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Net;
using Ingress.Routing.DataPlane.Peers;

namespace Ingress.Routing.DataPlane.Faults;

/// <summary><c>faults</c>: how many requests fail while a backend does one thing wrong, beside nginx and HAProxy with the settings that they come with.</summary>
internal static class FaultsCommand
{
    private const string Host = "faults.example.com";
    private const int Clients = 16;
    private const int Requests = 5_000;
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    public static async Task<int> RunAsync(string[] arguments)
    {
        var only = arguments is ["--only", var text] ? text : "";
        string[] others = ["nginx", "haproxy"];
        string[] peers = ["gateway", .. others.Where(Installed.Has)];
        Report.Title($"GETs that failed of those sent, by {Clients} clients, {Requests} at most and {s_longest.TotalSeconds:0} s; a client gives up after {s_patience.TotalSeconds:0} s");
        foreach (var fault in Fault.All.Where(fault => fault.Name.Contains(only, StringComparison.Ordinal)))
        {
            var line = new List<string>();
            foreach (var peer in peers)
            {
                var (sent, failed, slowest, atFaulty) = await RunAsync(fault, peer);
                line.Add(string.Create(CultureInfo.InvariantCulture, $"{peer} {failed,5} of {sent,5} ({atFaulty} at the faulty one, slowest {slowest.TotalMilliseconds:0} ms)"));
                if (peer == "gateway" && IsToFailNothing(fault))
                {
                    Report.AtMost($"{fault.Name}: failed at the gateway", failed, 0, "");
                }
            }

            Report.Line($"{fault.Name,-42} {string.Join("   ", line)}");
        }

        return Report.Misses == 0 ? 0 : 1;
    }

    // The others are the endpoint's own word, or cannot be told from a slow answer: a few fail before the endpoint is set aside.
    private static bool IsToFailNothing(Fault fault)
        => fault.Name is "none" || fault.Dies || fault.Name.Contains("refuses", StringComparison.Ordinal) || fault.Name.Contains("instead of answering", StringComparison.Ordinal)
            || fault.Name.Contains("the only one", StringComparison.Ordinal);

    private static async Task<(int Sent, int Failed, TimeSpan Slowest, int AtFaulty)> RunAsync(Fault fault, string peer)
    {
        using var faulty = new FaultyServer(fault.Answer, fault.Listens);
        using var good = new FaultyServer(static (socket, _) => FaultyServer.OkAsync(socket));
        int[] ports = fault.HasGoodNeighbour ? [faulty.Port, good.Port] : [faulty.Port];
        var folder = Directory.CreateTempSubdirectory("faults-").FullName;
        try
        {
            using var server = peer switch
            {
                "nginx" => StartNginx(folder, ports),
                "haproxy" => StartHaproxy(folder, ports),
                _ => StartGateway(folder, ports),
            };
            server.WaitUntilListening();
            using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = Clients })
            {
                BaseAddress = new Uri($"http://127.0.0.1:{server.Port}"),
                Timeout = s_patience,
            };
            if (peer == "gateway")
            {
                await WaitForRouteAsync(client);
            }

            var (sent, failed, slowest) = (0, 0, 0L);
            var clock = Stopwatch.StartNew();
            var death = fault.Dies ? DieAsync() : Task.CompletedTask;
            await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
            {
                while (Interlocked.Increment(ref sent) <= Requests && clock.Elapsed < s_longest)
                {
                    var start = clock.ElapsedTicks;
                    if (!await IsOkAsync(client))
                    {
                        Interlocked.Increment(ref failed);
                    }

                    InterlockedMax(ref slowest, clock.ElapsedTicks - start);
                }

                Interlocked.Decrement(ref sent);
            }));
            await death;
            return (sent, failed, TimeSpan.FromSeconds(slowest / (double)Stopwatch.Frequency), faulty.Requests);

            async Task DieAsync()
            {
                while (Volatile.Read(ref sent) < Requests / 4)
                {
                    await Task.Delay(1);
                }

                faulty.Die();
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<bool> IsOkAsync(HttpClient client, string path = "/")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = Host } };
        try
        {
            using var response = await client.SendAsync(request);
            return response.StatusCode == HttpStatusCode.OK && await response.Content.ReadAsStringAsync() == "ok";
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    // A Service of its own, so that nothing is known of the endpoints yet.
    private static async Task WaitForRouteAsync(HttpClient client)
    {
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(30); await Task.Delay(20))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "ready.example.com" } };
            using var response = await client.SendAsync(request);
            if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                return;
            }
        }

        throw new InvalidOperationException("The gateway does not know its routes.");
    }

    private static void InterlockedMax(ref long target, long value)
    {
        for (var seen = Volatile.Read(ref target); value > seen;)
        {
            var before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }

    private static ServerProcess StartGateway(string folder, int[] ports)
    {
        var manifests = Directory.CreateDirectory(Path.Combine(folder, "manifests")).FullName;
        var slices = string.Concat(ports.Select((port, i) => string.Create(CultureInfo.InvariantCulture, $$"""
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: { name: faults-{{i}}, namespace: default, labels: { kubernetes.io/service-name: faults } }
            addressType: IPv4
            ports: [{ name: http, port: {{port}} }]
            endpoints: [{ addresses: [127.0.0.1], conditions: { ready: true } }]

            """)));
        File.WriteAllText(Path.Combine(manifests, "all.yaml"), $$"""
            apiVersion: v1
            kind: Service
            metadata: { name: faults, namespace: default }
            spec: { ports: [{ name: http, port: 80, targetPort: 8080 }] }
            {{slices}}
            {{Fleet.IngressManifest("faults", Host, "faults")}}
            {{Fleet.IngressManifest("ready", "ready.example.com", "none")}}
            """);
        return Gateway.StartIn(manifests, Processors.All);
    }

    private static ServerProcess StartNginx(string folder, int[] ports)
    {
        var port = ServerProcess.FreePort();
        var servers = string.Concat(ports.Select(backend => string.Create(CultureInfo.InvariantCulture, $"server 127.0.0.1:{backend}; ")));
        File.WriteAllText(Path.Combine(folder, "nginx.conf"), string.Create(CultureInfo.InvariantCulture, $$"""
            daemon off;
            master_process off;
            pid nginx.pid;
            error_log error.log crit;
            events { worker_connections 4096; }
            http {
              access_log off;
              client_body_temp_path body;
              proxy_temp_path proxy;
              proxy_http_version 1.1;
              proxy_set_header Connection "";
              upstream web { {{servers}} keepalive 64; }
              server { listen 127.0.0.1:{{port}}; location / { proxy_pass http://web; } }
            }
            """));
        return ServerProcess.Start("nginx", port, Processors.All, ["nginx", "-p", folder, "-c", "nginx.conf", "-e", "error.log"]);
    }

    private static ServerProcess StartHaproxy(string folder, int[] ports)
    {
        var port = ServerProcess.FreePort();
        var servers = string.Concat(ports.Select((backend, i) => string.Create(CultureInfo.InvariantCulture, $"  server s{i} 127.0.0.1:{backend}\n")));
        File.WriteAllText(Path.Combine(folder, "haproxy.cfg"), string.Create(CultureInfo.InvariantCulture, $"""
            global
              nbthread 1
              maxconn 4096
            defaults
              mode http
              option redispatch 1
              timeout connect 5s
              timeout client 60s
              timeout server 60s
            frontend in
              bind 127.0.0.1:{port}
              default_backend web
            backend web
            {servers}
            """));
        return ServerProcess.Start("haproxy", port, Processors.All, ["haproxy", "-db", "-f", Path.Combine(folder, "haproxy.cfg")]);
    }
}

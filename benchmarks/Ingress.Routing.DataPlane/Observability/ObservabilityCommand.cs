using System.Globalization;
using Ingress.Routing.DataPlane.Cost;
using Ingress.Routing.DataPlane.Load;
using Ingress.Routing.DataPlane.Peers;

namespace Ingress.Routing.DataPlane.Observability;

/// <summary><c>observability</c>: what it costs to tell about requests, beside a gateway that tells nothing, in one run.</summary>
internal static class ObservabilityCommand
{
    private const int Hosts = 100;
    private const int Connections = 16;

    private static readonly TimeSpan s_scrapes = TimeSpan.FromSeconds(2);

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is not ([] or ["--quick"]))
        {
            Report.Line($"Only --quick is known.");
            return 2;
        }

        var isQuick = arguments.Length > 0;
        var folder = Directory.CreateTempSubdirectory("ingress-routing-observability-").FullName;
        try
        {
            await using var sink = await OtlpSink.StartAsync(ServerProcess.FreePort());
            using var backend = OwnServers.Backend(Processors.Others).WaitUntilListening();
            await RunAsync(isQuick, new PeerOptions(Hosts, backend.Port, Processors.First), sink, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return Report.Misses == 0 ? 0 : 1;
    }

    private static async Task RunAsync(bool isQuick, PeerOptions peers, OtlpSink sink, string folder)
    {
        int[] admin = [ServerProcess.FreePort(), ServerProcess.FreePort(), ServerProcess.FreePort(), ServerProcess.FreePort()];
        string[] log = ["--access-log", "json", "--access-log-file"];
        string[] otlp = ["--otlp", sink.Address, "--trace-ratio"];
        (string Name, string[] Arguments)[] variants =
        [
            ("nothing", []),
            ("metrics", Admin(admin[0])),
            ("+ log", [.. Admin(admin[1]), .. log, Path.Combine(folder, "log-1")]),
            ("+ traces 0.1", [.. Admin(admin[2]), .. log, Path.Combine(folder, "log-2"), .. otlp, "0.1"]),
            ("+ traces 1", [.. Admin(admin[3]), .. log, Path.Combine(folder, "log-3"), .. otlp, "1"]),
        ];
        var requests = Requests.ToHosts(Hosts);
        var contenders = new List<Contender>();
        using var stop = new CancellationTokenSource();
        try
        {
            foreach (var (name, arguments) in variants)
            {
                contenders.Add(new(Gateway.Start(peers, Path.Combine(folder, name.Replace(' ', '-')), name, arguments: arguments), requests, Connections));
            }

            contenders.ForEach(static contender => contender.Process.WaitUntilListening());
            var scraping = ScrapeAsync(admin, stop.Token);
            contenders.ForEach(static contender => contender.WarmUp());
            contenders.ForEach(static contender => contender.WarmUp());
            for (var round = 0; round < (isQuick ? 5 : 15); round++)
            {
                contenders.ForEach(static contender => contender.Measure(static load => load.Saturate(TimeSpan.FromSeconds(1))));
            }

            Print(contenders, sink);
            await stop.CancelAsync();
            await scraping;
        }
        finally
        {
            contenders.ForEach(static contender => contender.Dispose());
        }
    }

    private static void Print(List<Contender> contenders, OtlpSink sink)
    {
        Report.Title($"Saturated, {Hosts} hosts, {Connections} connections; each has what the one above has, and more");
        Report.Line($"{"",-14} {"CPU/request",12} {"lowest",9} {"requests/s",11} {"p99",9} {"failed",7} {"CPU",8} {"requests",9}");
        var nothing = contenders[0];
        foreach (var contender in contenders)
        {
            Report.Line($"{contender.Name,-14} {contender.Cost,9:F1} us {contender.Costs.Min(),9:F1} {contender.PerSecond,11:F0} {contender.P99,6:F0} us {contender.Failures,7} {Cost(contender, nothing),6:F3} x {1 / Cost(contender, nothing),7:F3} x");
        }

        Report.Line($"{sink.Bytes / 1e6:F1} MB came by OTLP");

        // Of a server with one processor that is all it waits for, throughput is the inverse of what a request costs.
        Report.AtLeast("Throughput with all but each trace, of that with nothing", 1 / Cost(contenders[3], nothing), 0.9, "x");
        Report.AtLeast("Throughput with each trace as well", 1 / Cost(contenders[4], nothing), 0.9, "x");
    }

    private static double Cost(Contender one, Contender other) => Figures.Ratio(one.Costs, other.Costs);

    private static string[] Admin(int port) => ["--admin", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}")];

    // More often than Prometheus does.
    private static async Task ScrapeAsync(int[] ports, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        try
        {
            while (true)
            {
                foreach (var port in ports)
                {
                    await client.GetStringAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/metrics")), cancellationToken);
                }

                await Task.Delay(s_scrapes, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Over.
        }
    }
}

using Ingress.Routing.DataPlane.Load;

namespace Ingress.Routing.DataPlane.Cost;

/// <summary>How long it takes the gateway from its start to the first forwarded answer, and what it has resident then.</summary>
internal static class StartCost
{
    private const int Hosts = 10;
    private const int Starts = 7;

    // Made by 'dotnet publish' as docs/performance.md says.
    private static readonly (string Name, string Folder)[] s_published = [("ReadyToRun", "gateway-r2r"), ("native (AOT)", "gateway-aot")];

    public static void Run(CostOptions options, int backendPort, string folder)
    {
        Report.Title($"Start of the gateway, {Hosts} Ingresses, to the first forwarded answer");
        Measure("as built", options.Gateway, options, backendPort, Path.Combine(folder, "start"));
        foreach (var (name, published) in s_published)
        {
            var program = Path.Combine(Path.GetDirectoryName(Peers.Gateway.Built)!, "../../../published", published, "ingress-gateway");
            if (!File.Exists(program))
            {
                Report.Line($"SKIPPED: {name}: there is no {Path.GetFullPath(program)}");
                continue;
            }

            var (seconds, megabytes) = Measure(name, program, options, backendPort, Path.Combine(folder, published));
            if (published == "gateway-aot")
            {
                Report.AtMost("native code: to the first answer", seconds, 0.3, "s");
                Report.AtMost("native code: resident after it", megabytes, 60, "MB");
            }
        }
    }

    private static (double Seconds, double Megabytes) Measure(string name, string program, CostOptions options, int backendPort, string folder)
    {
        var seconds = new List<double>();
        var megabytes = new List<double>();
        var requests = Requests.ToHosts(Hosts);
        for (var i = 0; i < Starts; i++)
        {
            using var gateway = Peers.Gateway.Start(new(Hosts, backendPort, options.OfServers), folder, program: program);
            using var connection = new KeepAliveConnection(gateway.Port);
            gateway.WaitUntil(() => connection.Send(requests[0]) == 200);
            seconds.Add(gateway.Age.TotalSeconds);
            megabytes.Add(gateway.ResidentBytes / 1e6);
        }

        Report.Line($"{name,-14} median {Figures.Median(seconds),6:F3} s (best {seconds.Min():F3} s) {Figures.Median(megabytes),6:F0} MB");
        return (Figures.Median(seconds), Figures.Median(megabytes));
    }
}

using System.Net;
using System.Net.Sockets;
using Ingress.Routing.DataPlane.Load;
using Ingress.Routing.DataPlane.Peers;

namespace Ingress.Routing.DataPlane.Cost;

/// <summary>What the gateway keeps in memory for connections, Ingresses and requests.</summary>
internal static class MemoryCost
{
    private const int IdleConnections = 2_000;
    private const int PerSecond = 1_000;

    public static void Run(CostOptions options, int backendPort, string folder)
    {
        Report.Title("Memory of the gateway (resident)");
        var few = 10;
        var many = options.Hosts[^1];
        var bytesOfFew = Measure(options, new(few, backendPort, options.OfServers), Path.Combine(folder, "memory-few"), withConnections: true);
        var bytesOfMany = Measure(options, new(many, backendPort, options.OfServers), Path.Combine(folder, "memory-many"), withConnections: false);
        Report.Line($"per Ingress, by {many} of them beside {few}: {(bytesOfMany - bytesOfFew) / (double)(many - few) / 1024:F1} KiB");
    }

    private static long Measure(CostOptions options, PeerOptions peers, string folder, bool withConnections)
    {
        using var gateway = Peers.Gateway.Start(peers, folder, program: options.Gateway).WaitUntilListening();
        var requests = Requests.ToHosts(peers.Hosts);
        using var connection = new KeepAliveConnection(gateway.Port);
        gateway.WaitUntil(() => connection.Send(requests[0]) == 200);
        var resident = gateway.ResidentBytes;
        Report.Line($"{peers.Hosts} Ingresses, after the first answer: {resident / 1e6:F0} MB");
        if (withConnections)
        {
            Idle(gateway, requests);
            var load = new LoadGenerator(gateway.Port, requests, connections: 16);
            load.Pace(PerSecond, TimeSpan.FromSeconds(10));
            Report.Line($"at {PerSecond} requests a second for 10 s: {gateway.ResidentBytes / 1e6:F0} MB, at most {gateway.PeakResidentBytes / 1e6:F0} MB");
        }

        return resident;
    }

    // Each has had a request, as a client's that is kept for the next one.
    private static void Idle(ServerProcess gateway, Requests requests)
    {
        var load = new LoadGenerator(gateway.Port, requests, connections: 4);
        load.Saturate(TimeSpan.FromSeconds(2));
        var before = gateway.ResidentBytes;
        var sockets = new List<Socket>();
        try
        {
            var answer = new byte[4_096];
            for (var i = 0; i < IdleConnections; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                sockets.Add(socket);
                socket.Connect(IPAddress.Loopback, gateway.Port);
                socket.Send(requests[i]);
                socket.Receive(answer);
            }

            Report.Line($"per idle connection, by {IdleConnections} of them: {(gateway.ResidentBytes - before) / (double)IdleConnections / 1024:F1} KiB");
        }
        finally
        {
            sockets.ForEach(static socket => socket.Dispose());
        }
    }
}

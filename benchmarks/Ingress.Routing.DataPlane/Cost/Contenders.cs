using Ingress.Routing.DataPlane.Load;
using Ingress.Routing.DataPlane.Peers;

namespace Ingress.Routing.DataPlane.Cost;

/// <summary>The servers of a comparison, started with the same hosts in front of the same backend.</summary>
internal sealed class Contenders : IDisposable
{
    private const int Connections = 16;

    // Building its routes for ten thousand hosts takes YARP longer than all else here.
    private const int MostYarpHosts = 1_000;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly List<Contender> _all = [];

    private Contenders()
    {
    }

    public IReadOnlyList<Contender> All => _all;

    public Contender Gateway => _all[0];

    /// <summary>Starts them and waits until each has answered.</summary>
    public static Contenders Start(CostOptions options, int hosts, int backendPort, string folder)
    {
        var peers = new PeerOptions(hosts, backendPort, options.OfServers);
        var requests = Requests.ToHosts(hosts);
        var contenders = new Contenders();
        void Add(ServerProcess process) => contenders._all.Add(new Contender(process, requests, Connections));

        try
        {
            Add(Peers.Gateway.Start(peers, Path.Combine(folder, "gateway"), program: options.Gateway));
            foreach (var (name, program) in options.Beside)
            {
                Add(Peers.Gateway.Start(peers, Path.Combine(folder, name), name, program));
            }

            Add(OwnServers.BareForwarder(peers, options.IsInline));
            if (!options.IsBareOnly)
            {
                AddOthers(options, peers, folder, Add);
            }

            contenders._all.ForEach(contender => WaitUntilAnswering(contender.Process, requests));
            return contenders;
        }
        catch
        {
            contenders.Dispose();
            throw;
        }
    }

    /// <summary>One of them by name; null when it does not take part.</summary>
    public Contender? Find(string name) => _all.Find(contender => contender.Name == name);

    public void Dispose() => _all.ForEach(static contender => contender.Dispose());

    private static void AddOthers(CostOptions options, PeerOptions peers, string folder, Action<ServerProcess> add)
    {
        if (peers.Hosts <= MostYarpHosts)
        {
            add(OwnServers.YarpRoutes(peers, options.IsInline));
        }

        if (Installed.Has("nginx"))
        {
            add(Nginx.Start(peers, Path.Combine(folder, "nginx")));
        }

        if (Installed.Has("haproxy"))
        {
            add(Haproxy.Start(peers, Path.Combine(folder, "haproxy")));
        }

        if (Installed.Has("caddy"))
        {
            add(Caddy.Start(peers, Path.Combine(folder, "caddy")));
        }
    }

    private static void WaitUntilAnswering(ServerProcess process, Requests requests)
    {
        using var connection = new KeepAliveConnection(process.Port);
        process.WaitUntil(() => connection.Send(requests[0]) == 200, s_patience);
    }
}

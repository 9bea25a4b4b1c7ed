using System.Globalization;
using Ingress.Routing.DataPlane.Peers;
using Ingress.Routing.DataPlane.Steady;

namespace Ingress.Routing.DataPlane.Changes;

/// <summary>Backends in this process, manifests, and a gateway in a process of its own that serves them.</summary>
internal sealed class ServedWorld : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly IReadOnlyList<EchoBackend> _backends;
    private readonly int _httpsPort;

    private ServedWorld(DirectoryInfo folder, IReadOnlyList<EchoBackend> backends, World world, string program)
    {
        (_folder, _backends, World) = (folder, backends, world);
        (_httpsPort, AdminPort) = (ServerProcess.FreePort(), ServerProcess.FreePort());
        Gateway = Peers.Gateway.StartIn(folder.FullName, Processors.All, program: program, arguments:
            ["--https", Loopback(_httpsPort), "--admin", Loopback(AdminPort), "--generation-header"]);
    }

    public World World { get; }

    public ServerProcess Gateway { get; }

    /// <summary>Where the gateway answers about itself.</summary>
    public int AdminPort { get; }

    /// <param name="ingresses">How many Ingresses there are that nobody asks for, one for each host.</param>
    /// <param name="program">The gateway.</param>
    /// <param name="writeMore">Writes further manifests into a folder.</param>
    public static async Task<ServedWorld> StartAsync(int ingresses, string program, Action<string>? writeMore = null)
    {
        var folder = Directory.CreateTempSubdirectory("ingress-routing-changes-");
        EchoBackend[] backends = [await EchoBackend.StartAsync(0), await EchoBackend.StartAsync(1)];
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "fleet.yaml"), Fleet.Manifest(ingresses, backends[0].Port));
        writeMore?.Invoke(folder.FullName);
        var served = new ServedWorld(folder, backends, new World(folder.FullName, backends), program);
        served.Gateway.WaitUntilListening();
        return served;
    }

    /// <summary>Puts a steady load on it: some 400 requests a second, and all that lasts.</summary>
    public Task<SteadyRun> LoadAsync() => SteadyRun.StartAsync(World, _backends, Gateway.Port, _httpsPort, TimeSpan.FromMilliseconds(20));

    public async ValueTask DisposeAsync()
    {
        Gateway.Dispose();
        foreach (var backend in _backends)
        {
            await backend.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private static string Loopback(int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
}

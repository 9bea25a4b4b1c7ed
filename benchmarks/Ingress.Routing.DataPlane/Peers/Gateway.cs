using System.Globalization;

namespace Ingress.Routing.DataPlane.Peers;

/// <summary>The gateway as it was built, or another build of it.</summary>
internal static class Gateway
{
    /// <summary>The program that was built together with this one.</summary>
    public static string Built
    {
        get
        {
            // artifacts/bin/PROJECT/CONFIGURATION
            var here = new DirectoryInfo(AppContext.BaseDirectory);
            return Path.Combine(here.Parent!.Parent!.FullName, "Ingress.Routing.Gateway", here.Name, "ingress-gateway");
        }
    }

    /// <summary>Starts it with the manifests of a fleet.</summary>
    /// <param name="folder">Where the manifests are written.</param>
    /// <param name="program">Which build; null for <see cref="Built"/>.</param>
    /// <param name="arguments">Further arguments of <c>run</c>.</param>
    public static ServerProcess Start(
        PeerOptions options, string folder, string name = "gateway", string? program = null, IEnumerable<string>? arguments = null)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "fleet.yaml"), Fleet.Manifest(options.Hosts, options.BackendPort));
        return StartIn(folder, options.Processors, name, program, arguments);
    }

    /// <summary>Starts it with a folder of manifests.</summary>
    public static ServerProcess StartIn(
        string folder, Processors processors, string name = "gateway", string? program = null, IEnumerable<string>? arguments = null)
    {
        var port = ServerProcess.FreePort();
        return ServerProcess.Start(
            name,
            port,
            processors,
            [program ?? Built, "run", "--manifests", folder, "--http", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"), .. arguments ?? []]);
    }
}

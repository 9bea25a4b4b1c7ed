using System.Globalization;
using System.Text;

namespace Ingress.Routing.DataPlane.Peers;

/// <summary>Caddy with a site for each host.</summary>
internal static class Caddy
{
    public static ServerProcess Start(PeerOptions options, string folder)
    {
        Directory.CreateDirectory(folder);
        var port = ServerProcess.FreePort();
        var sites = new StringBuilder("{\n  admin off\n  auto_https off\n  default_bind 127.0.0.1\n}\n");
        for (var i = 0; i < options.Hosts; i++)
        {
            sites.Append(CultureInfo.InvariantCulture, $"http://{Fleet.Host(i)}:{port} {{\n  reverse_proxy 127.0.0.1:{options.BackendPort} {{\n    transport http {{\n      keepalive_idle_conns_per_host 256\n    }}\n  }}\n}}\n");
        }

        var file = Path.Combine(folder, "Caddyfile");
        File.WriteAllText(file, sites.ToString());
        Dictionary<string, string> home = new() { ["HOME"] = folder, ["XDG_DATA_HOME"] = folder, ["XDG_CONFIG_HOME"] = folder };
        return ServerProcess.Start("caddy", port, options.Processors, ["caddy", "run", "--config", file, "--adapter", "caddyfile"], home);
    }
}

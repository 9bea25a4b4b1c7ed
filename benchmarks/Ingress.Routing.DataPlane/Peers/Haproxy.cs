using System.Globalization;
using System.Text;

namespace Ingress.Routing.DataPlane.Peers;

/// <summary>HAProxy with a map from hosts to backends. One thread, which says of the client what the gateway says.</summary>
internal static class Haproxy
{
    public static ServerProcess Start(PeerOptions options, string folder)
    {
        Directory.CreateDirectory(folder);
        var port = ServerProcess.FreePort();
        var map = new StringBuilder();
        for (var i = 0; i < options.Hosts; i++)
        {
            map.Append(CultureInfo.InvariantCulture, $"{Fleet.Host(i)} web\n");
        }

        File.WriteAllText(Path.Combine(folder, "hosts.map"), map.ToString());
        File.WriteAllText(Path.Combine(folder, "haproxy.cfg"), string.Create(CultureInfo.InvariantCulture, $"""
            global
              nbthread 1
              maxconn 8192
            defaults
              mode http
              timeout connect 15s
              timeout client 600s
              timeout server 600s
              http-reuse always
            frontend in
              bind 127.0.0.1:{port}
              http-request set-header X-Forwarded-For %[src]
              http-request set-header X-Forwarded-Host %[req.hdr(host)]
              http-request set-header X-Forwarded-Proto http
              use_backend %[req.hdr(host),lower,map({folder}/hosts.map,none)]
            backend web
              server one 127.0.0.1:{options.BackendPort} pool-max-conn 256

            """));
        return ServerProcess.Start("haproxy", port, options.Processors, ["haproxy", "-db", "-f", Path.Combine(folder, "haproxy.cfg")]);
    }
}

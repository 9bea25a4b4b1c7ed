using System.Globalization;
using System.Text;

namespace Ingress.Routing.DataPlane.Peers;

/// <summary>nginx with a server block for each host. One process, which says of the client what the gateway says.</summary>
internal static class Nginx
{
    public static ServerProcess Start(PeerOptions options, string folder)
    {
        Directory.CreateDirectory(folder);
        var port = ServerProcess.FreePort();
        File.WriteAllText(Path.Combine(folder, "nginx.conf"), Configuration(options, port));
        return ServerProcess.Start("nginx", port, options.Processors, ["nginx", "-p", folder, "-c", "nginx.conf", "-e", "error.log"]);
    }

    private static string Configuration(PeerOptions options, int port)
    {
        var servers = new StringBuilder();
        for (var i = 0; i < options.Hosts; i++)
        {
            servers.Append(CultureInfo.InvariantCulture, $"  server {{ listen 127.0.0.1:{port}; server_name {Fleet.Host(i)}; location / {{ proxy_pass http://web; }} }}\n");
        }

        return string.Create(CultureInfo.InvariantCulture, $$"""
            daemon off;
            master_process off;
            pid nginx.pid;
            error_log error.log crit;
            worker_rlimit_nofile 16384;
            events { worker_connections 8192; }
            http {
              access_log off;
              server_tokens off;
              keepalive_requests 1000000000;
              keepalive_timeout 600s;
              server_names_hash_max_size 65536;
              server_names_hash_bucket_size 128;
              client_body_temp_path body;
              proxy_temp_path proxy;
              proxy_http_version 1.1;
              proxy_set_header Connection "";
              proxy_set_header Host $http_host;
              proxy_set_header X-Forwarded-For $remote_addr;
              proxy_set_header X-Forwarded-Host $http_host;
              proxy_set_header X-Forwarded-Proto $scheme;
              upstream web { server 127.0.0.1:{{options.BackendPort}}; keepalive 256; keepalive_requests 1000000000; }
            {{servers}}
            }
            """);
    }
}

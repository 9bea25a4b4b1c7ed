using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Ingress.Routing.Benchmarks.Handshakes;

/// <summary>A configuration of nginx with a server block and a certificate for each name, in a temporary folder.</summary>
internal sealed class NginxFolder : IDisposable
{
    public const int Names = 1_000;

    private readonly string _path = Directory.CreateTempSubdirectory("ingress-routing-nginx-").FullName;

    public NginxFolder()
    {
        for (var i = 0; i < Names; i++)
        {
            var (certificate, key) = NamedCertificates.Create(ServerNames.Name(i));
            File.WriteAllText(Path.Combine(_path, ServerNames.Name(i) + ".crt"), certificate);
            File.WriteAllText(Path.Combine(_path, ServerNames.Name(i) + ".key"), key);
        }

        File.WriteAllText(Path.Combine(_path, "nginx.conf"), Configuration(Port));
    }

    public int Port { get; } = FreePort();

    public string Command => $"nginx -p {_path} -c nginx.conf -e error.log";

    public void Dispose() => Directory.Delete(_path, recursive: true);

    // One process, as the contenders on Kestrel are one. It answers what they answer.
    private static string Configuration(int port)
    {
        var servers = Enumerable.Range(0, Names).Select(ServerNames.Name).Select(name => string.Create(
            CultureInfo.InvariantCulture,
            $"  server {{ listen 127.0.0.1:{port} ssl; server_name {name}; ssl_certificate {name}.crt; ssl_certificate_key {name}.key; return 200 ok; }}"));
        return $$"""
            daemon off;
            master_process off;
            pid nginx.pid;
            error_log error.log crit;
            events { worker_connections 1024; }
            http {
              access_log off;
              server_names_hash_max_size 8192;
              server_names_hash_bucket_size 128;
              ssl_protocols TLSv1.3;
              ssl_session_cache off;
              ssl_session_tickets off;
            {{string.Join('\n', servers)}}
            }
            """;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

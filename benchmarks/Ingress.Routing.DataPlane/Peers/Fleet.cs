using System.Globalization;
using System.Text;

namespace Ingress.Routing.DataPlane.Peers;

/// <summary>The hosts of a comparison, and the manifests that say so.</summary>
internal static class Fleet
{
    // So that no peer gains from there being one backend alone.
    private const int Services = 100;

    public static string Host(int index) => string.Create(CultureInfo.InvariantCulture, $"host-{index:D5}.example.com");

    /// <summary>The names of the Services, each of them the same backend.</summary>
    public static string Service(int index) => string.Create(CultureInfo.InvariantCulture, $"web-{index % Services:D3}");

    /// <summary>An Ingress for each host, and the Services.</summary>
    public static string Manifest(int hosts, int backendPort)
    {
        var text = new StringBuilder();
        for (var i = 0; i < Math.Min(hosts, Services); i++)
        {
            text.Append(ServiceManifest(Service(i), backendPort));
        }

        for (var i = 0; i < hosts; i++)
        {
            text.Append(IngressManifest(Host(i), Host(i), Service(i)));
        }

        return text.ToString();
    }

    public static string IngressManifest(string name, string host, string service) => $$"""
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: { name: {{name}}, namespace: default }
        spec: { rules: [{ host: {{host}}, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: {{service}}, port: { number: 80 } } } }] } }] }

        """;

    /// <summary>A Service with one endpoint on loopback.</summary>
    public static string ServiceManifest(string name, int backendPort) => string.Create(CultureInfo.InvariantCulture, $$"""
        ---
        apiVersion: v1
        kind: Service
        metadata: { name: {{name}}, namespace: default }
        spec: { ports: [{ name: http, port: 80, targetPort: {{backendPort}} }] }
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: { name: {{name}}-1, namespace: default, labels: { kubernetes.io/service-name: {{name}} } }
        addressType: IPv4
        ports: [{ name: http, port: {{backendPort}} }]
        endpoints: [{ addresses: [127.0.0.1], conditions: { ready: true } }]

        """);
}

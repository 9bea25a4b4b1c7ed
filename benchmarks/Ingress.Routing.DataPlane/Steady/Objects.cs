using System.Globalization;

namespace Ingress.Routing.DataPlane.Steady;

/// <summary>Manifests, as short as they can be.</summary>
internal static class Objects
{
    public static string Ingress(string host, string service, string path = "/", string annotations = "", string tls = "") => $$"""
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: { name: {{host}}, namespace: default, annotations: { {{annotations}} } }
        spec: { {{tls}} rules: [{ host: {{host}}, http: { paths: [{ path: {{path}}, pathType: Prefix, backend: { service: { name: {{service}}, port: { number: 80 } } } }] } }] }

        """;

    /// <param name="name">The Service.</param>
    /// <param name="portName">Which port of its EndpointSlices is the one that it sends to.</param>
    /// <param name="isHttp2">Whether HTTP/2 without TLS is spoken.</param>
    public static string Service(string name, string portName = "http", bool isHttp2 = false) => $$"""
        ---
        apiVersion: v1
        kind: Service
        metadata: { name: {{name}}, namespace: default }
        spec: { ports: [{ name: {{portName}}, port: 80, targetPort: {{portName}}{{(isHttp2 ? ", appProtocol: kubernetes.io/h2c" : "")}} }] }

        """;

    /// <summary>An EndpointSlice with one endpoint on loopback, or with none.</summary>
    /// <param name="service">Whose it is.</param>
    /// <param name="number">Tells those of a Service apart.</param>
    /// <param name="isReady">Whether the endpoint is there.</param>
    /// <param name="ports">Its ports by name.</param>
    public static string Slice(string service, int number, bool isReady, params IEnumerable<(string Name, int Port)> ports) => string.Create(CultureInfo.InvariantCulture, $$"""
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: { name: {{service}}-{{number}}, namespace: default, labels: { kubernetes.io/service-name: {{service}} } }
        addressType: IPv4
        ports: [{{string.Join(", ", ports.Select(static port => string.Create(CultureInfo.InvariantCulture, $"{{ name: {port.Name}, port: {port.Port} }}")))}}]
        endpoints: [{{(isReady ? "{ addresses: [127.0.0.1], conditions: { ready: true } }" : "")}}]

        """);

    public static string TlsSecret(string name, string certificate, string key) => $$"""
        ---
        apiVersion: v1
        kind: Secret
        type: kubernetes.io/tls
        metadata: { name: {{name}}, namespace: default }
        data: { tls.crt: {{Base64(certificate)}}, tls.key: {{Base64(key)}} }

        """;

    private static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(text));
}

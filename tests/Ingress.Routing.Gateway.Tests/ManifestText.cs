namespace Ingress.Routing.Gateway.Tests;

/// <summary>Manifests as people write them.</summary>
internal static class ManifestText
{
    /// <summary>An Ingress of the namespace <c>shop</c> with one rule: Prefix <c>/</c> and Exact <c>/health</c>.</summary>
    public static string Shop(string host = "shop.example.com") => $"""
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: shop
          namespace: shop
        spec:
          rules:
          - host: {host}
            http:
              paths:
              - path: /
                pathType: Prefix
                backend: {"{ service: { name: web, port: { number: 80 } } }"}
              - path: /health
                pathType: Exact
                backend: {"{ service: { name: probe, port: { name: http } } }"}

        """;

    /// <summary>A Service with one port and a slice with one address.</summary>
    public static string Service(string @namespace, string name, int port, string address, int targetPort) => $"""
        ---
        apiVersion: v1
        kind: Service
        metadata: {"{"} name: {name}, namespace: {@namespace} {"}"}
        spec:
          ports: [ {"{"} port: {port} {"}"} ]
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata:
          name: {name}-1
          namespace: {@namespace}
          labels: {"{"} kubernetes.io/service-name: {name} {"}"}
        addressType: IPv4
        endpoints: [ {"{"} addresses: [ {address} ] {"}"} ]
        ports: [ {"{"} port: {targetPort} {"}"} ]

        """;
}

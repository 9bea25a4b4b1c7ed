using System.Text.Json.Nodes;

namespace Ingress.Routing.Kubernetes.Tests;

/// <summary>Objects of a cluster, with what a test does not care about left to the writer.</summary>
internal static class Manifest
{
    public const string Controller = "example.test/ingress-routing";

    public static JsonObject Class(string name = "ours", string controller = Controller) => Parse(
        $$$"""{"kind":"IngressClass","metadata":{"name":"{{{name}}}"},"spec":{"controller":"{{{controller}}}"}}""");

    public static JsonObject Ingress(string name, string host, string service = "web", string ns = "default", string className = "ours", string annotations = "", string tlsSecret = "") => Parse(
        $$$"""
        {"kind":"Ingress","metadata":{"name":"{{{name}}}","namespace":"{{{ns}}}","annotations":{{{Braces(annotations)}}} },
        "spec":{"ingressClassName":"{{{className}}}","tls":[{{{TlsOf(host, tlsSecret)}}}],
        "rules":[{"host":"{{{host}}}","http":{"paths":[{"path":"/","pathType":"Prefix","backend":{"service":{"name":"{{{service}}}","port":{"name":"http"} } } }] } }] } }
        """);

    public static JsonObject Service(string name = "web", string ns = "default") => Parse(
        $$$"""{"kind":"Service","metadata":{"name":"{{{name}}}","namespace":"{{{ns}}}"},"spec":{"ports":[{"name":"http","port":80,"targetPort":8080}],"selector":{"app":"{{{name}}}"} } }""");

    public static JsonObject Slice(string service, string address, string ns = "default", string? name = null) => Parse(
        $$$"""
        {"kind":"EndpointSlice","metadata":{"name":"{{{name ?? service + "-abcde"}}}","namespace":"{{{ns}}}","labels":{"kubernetes.io/service-name":"{{{service}}}"}},
        "addressType":"IPv4","endpoints":[{"addresses":["{{{address}}}"],"conditions":{"ready":true,"serving":true,"terminating":false}}],
        "ports":[{"name":"http","protocol":"TCP","port":8080}]}
        """);

    public static JsonObject Secret(string name, string type, string key, string value, string ns = "default") => Parse(
        $$$"""{"kind":"Secret","metadata":{"name":"{{{name}}}","namespace":"{{{ns}}}"},"data":{"{{{key}}}":"{{{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(value))}}}"},"type":"{{{type}}}"}""");

    public static JsonObject Namespace(string name, string label, string value) => Parse(
        $$$"""{"kind":"Namespace","metadata":{"name":"{{{name}}}","labels":{"{{{label}}}":"{{{value}}}"} } }""");

    private static string Braces(string content) => "{" + content + "}";

    private static string TlsOf(string host, string secret) => secret.Length == 0 ? "" : $$$"""{"hosts":["{{{host}}}"],"secretName":"{{{secret}}}"}""";

    public static JsonObject Parse(string json) => (JsonObject)JsonNode.Parse(json)!;
}

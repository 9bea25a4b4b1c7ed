using Ingress.Routing.Model;

namespace Ingress.Routing.Forwarding.Tests.Backends;

/// <summary>A gateway with one Ingress for <c>shop.test</c> that has annotations, before the endpoints of one Service.</summary>
internal static class Site
{
    public static ClusterSnapshot Of(IEnumerable<int> ports, params (string Name, string Text)[] annotations) => new()
    {
        Ingresses = [Ingress("t/i", "web", annotations)],
        Services = [Some.Service("t/web")],
        EndpointSlices = [.. ports.Select(port => Cluster.Slice("t/web", port))],
    };

    public static IngressResource Ingress(string name, string service, params (string Name, string Text)[] annotations)
        => Some.Ingress(
            name,
            [Some.Rule("shop.test", Some.Prefix("/app") with { Backend = Some.Backend(service) })],
            annotations: annotations.ToDictionary(pair => $"ingress.routing/{pair.Name}", pair => pair.Text));

    public static Task<Proxy> StartAsync(IEnumerable<int> ports, params (string Name, string Text)[] annotations) => Proxy.StartAsync(Of(ports, annotations));

    public static HttpRequestMessage Request(HttpMethod? method = null, string path = "/app", HttpContent? content = null)
        => new(method ?? HttpMethod.Get, path) { Headers = { Host = "shop.test" }, Content = content };

    public static async Task<string> GetAsync(this Proxy proxy, string path = "/app")
    {
        using var request = Request(path: path);
        using var response = await proxy.Client.SendAsync(request).InTime();
        return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
    }

    public static async Task<int> StatusAsync(this Proxy proxy, HttpMethod? method = null, HttpContent? content = null)
    {
        using var request = Request(method, content: content);
        using var response = await proxy.Client.SendAsync(request).InTime();
        return (int)response.StatusCode;
    }
}

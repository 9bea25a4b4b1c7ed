using System.Text.Json.Nodes;
using Ingress.Routing.Kubernetes.ApiServer;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Kubernetes.Tests;

/// <summary>The test API server answers as a kube-apiserver 1.36 did, but for values. What is expected was recorded from that one.</summary>
public sealed class RecordedTests : IAsyncLifetime
{
    private readonly TestApiServer _server = new();
    private readonly HttpClient _client = new();

    public async Task InitializeAsync()
    {
        _server.Apply(Manifest.Class());
        for (var i = 0; i < 7; i++)
        {
            _server.Apply(Recorded("""{"kind":"Ingress","metadata":{"name":"i%","namespace":"default"},"spec":{"ingressClassName":"ours","rules":[{"host":"i%.example.test","http":{"paths":[{"path":"/","pathType":"Prefix","backend":{"service":{"name":"web","port":{"name":"http"}}}}]}}]}}""", i));
        }

        _server.Apply("""{"kind":"Service","metadata":{"name":"web","namespace":"default"},"spec":{"ports":[{"name":"http","port":80,"targetPort":8080}],"selector":{"app":"web"}}}""");
        await _server.StartAsync();
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData(
        "/apis/networking.k8s.io/v1/ingresses?limit=1",
        200,
        """{"kind":"IngressList","apiVersion":"networking.k8s.io/v1","metadata":{"resourceVersion":"231","continue":"eyJ2","remainingItemCount":4},"items":[{"metadata":{"name":"i0","namespace":"default","uid":"98e69938","resourceVersion":"210","generation":1,"creationTimestamp":"2026-11-28T05:36:46Z","managedFields":[{"manager":"unknown","operation":"Update","apiVersion":"networking.k8s.io/v1","time":"2026-11-28T05:36:46Z","fieldsType":"FieldsV1","fieldsV1":{"f:spec":{"f:ingressClassName":{},"f:rules":{}}}}]},"spec":{"ingressClassName":"ours","rules":[{"host":"i0.example.test","http":{"paths":[{"path":"/","pathType":"Prefix","backend":{"service":{"name":"web","port":{"name":"http"}}}}]}}]},"status":{"loadBalancer":{}}}]}""")]
    [InlineData(
        "/apis/networking.k8s.io/v1/ingressclasses?limit=3",
        200,
        """{"kind":"IngressClassList","apiVersion":"networking.k8s.io/v1","metadata":{"resourceVersion":"232"},"items":[{"metadata":{"name":"ours","uid":"0d592f80","resourceVersion":"207","generation":1,"creationTimestamp":"2026-11-28T05:36:46Z","managedFields":[{"manager":"unknown","operation":"Update","apiVersion":"networking.k8s.io/v1","time":"2026-11-28T05:36:46Z","fieldsType":"FieldsV1","fieldsV1":{"f:spec":{"f:controller":{}}}}]},"spec":{"controller":"example.test/ingress-routing"}}]}""")]
    [InlineData(
        "/apis/networking.k8s.io/v1/ingresses?limit=3&continue=abc",
        400,
        """{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"invalid continue token","reason":"BadRequest","code":400}""")]
    [InlineData(
        "/apis/networking.k8s.io/v1/namespaces/default/ingresses/none",
        404,
        """{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"not found","reason":"NotFound","details":{"name":"none","group":"networking.k8s.io","kind":"ingresses"},"code":404}""")]
    [InlineData(
        "/apis/networking.k8s.io/v1/ingresses?watch=1&resourceVersion=abc",
        500,
        """{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"invalid syntax","code":500}""")]
    public async Task Get_AsRecorded_IsAnsweredAlike(string path, int status, string body)
    {
        var response = await _client.GetAsync(new Uri(_server.Address, path));
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(ShapeOf(JsonNode.Parse(body)), ShapeOf(JsonNode.Parse(await response.Content.ReadAsStringAsync())));
    }

    [Fact]
    public async Task Watch_FromAVersionThatIsGone_IsOneErrorInA200()
    {
        _server.ForgetHistory();
        var body = await _client.GetStringAsync(new Uri(_server.Address, "/apis/networking.k8s.io/v1/ingresses?watch=1&resourceVersion=1&timeoutSeconds=4"));
        const string Expected = """{"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"too old resource version: 1 (330)","reason":"Expired","code":410}}""";
        Assert.Equal(ShapeOf(JsonNode.Parse(Expected)), ShapeOf(JsonNode.Parse(body)));
        Assert.Equal(410, (int)JsonNode.Parse(body)!["object"]!["code"]!);
    }

    [FactWithTool("kubectl")]
    public async Task Kubectl_AppliesGetsWatchesAndDeletes()
    {
        using var folder = new TemporaryFolder();
        var kubeconfig = Path.Combine(folder.Path, "config");
        _server.WriteKubeconfig(kubeconfig);
        var manifest = folder.Write("service.json", """{"apiVersion":"v1","kind":"Service","metadata":{"name":"applied","namespace":"default"},"spec":{"ports":[{"name":"http","port":80}],"selector":{"app":"applied"}}}""");
        Assert.Contains("created", await KubectlAsync(kubeconfig, "apply", "--validate=false", "-f", manifest), StringComparison.Ordinal);
        Assert.Contains("unchanged", await KubectlAsync(kubeconfig, "apply", "--validate=false", "-f", manifest), StringComparison.Ordinal);
        Assert.Contains("i3", await KubectlAsync(kubeconfig, "get", "ingress", "-A", "-o", "name"), StringComparison.Ordinal);
        Assert.Contains("patched", await KubectlAsync(kubeconfig, "patch", "ingress", "i0", "-n", "default", "--type=merge", "-p", """{"metadata":{"labels":{"a":"b"}}}"""), StringComparison.Ordinal);
        Assert.Contains("deleted", await KubectlAsync(kubeconfig, "delete", "service", "applied", "-n", "default", "--wait=false"), StringComparison.Ordinal);
        Assert.Null(_server.Find("Service", "default", "applied"));
        Assert.Equal("b", (string?)_server.Find("Ingress", "default", "i0")!["metadata"]!["labels"]!["a"]);
    }

    private static async Task<string> KubectlAsync(string kubeconfig, params string[] args)
    {
        var (exitCode, output, error) = await ExternalTool.RunAsync("kubectl", ["--kubeconfig", kubeconfig, "--cache-dir", Path.GetDirectoryName(kubeconfig)!, .. args]);
        Assert.True(exitCode == 0, error);
        return output;
    }

    private static string Recorded(string text, int i) => text.Replace("%", i.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);

    // Names and types in their order; the first element of a list stands for all.
    private static string ShapeOf(JsonNode? node) => node switch
    {
        JsonObject fields => "{" + string.Join(",", fields.Select(static pair => $"{pair.Key}:{ShapeOf(pair.Value)}")) + "}",
        JsonArray items => "[" + (items.Count == 0 ? "" : ShapeOf(items[0])) + "]",
        null => "null",
        _ => node.GetValueKind().ToString(),
    };
}

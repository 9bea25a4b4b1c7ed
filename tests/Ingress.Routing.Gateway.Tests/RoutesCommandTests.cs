using System.Text.Json;

namespace Ingress.Routing.Gateway.Tests;

public sealed class RoutesCommandTests : IDisposable
{
    private const string Several = """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: { name: several }
        spec:
          defaultBackend: { service: { name: fallback, port: { number: 1 } } }
          rules:
          - host: "*.example.com"
            http:
              paths:
              - { path: /wild, pathType: Prefix, backend: { service: { name: wild, port: { number: 80 } } } }
          - http:
              paths:
              - { path: /any, pathType: Prefix, backend: { service: { name: any, port: { number: 80 } } } }
          - host: a.example.com
            http:
              paths:
              - { path: /a, pathType: Prefix, backend: { service: { name: short, port: { number: 80 } } } }
              - { path: /a, pathType: Exact, backend: { service: { name: exact, port: { number: 80 } } } }
              - { path: /a/b, pathType: Prefix, backend: { resource: { apiGroup: storage.example.com, kind: Bucket, name: icons } } }

        """;

    private readonly ManifestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Routes_Text_IsTheTableMostSpecificFirst()
    {
        var file = _folder.Write("several.yaml", Several);

        var result = await Cli.RunAsync("routes", file);

        string[] expected =
        [
            "HOST PATH TYPE BACKEND INGRESS WHERE",
            $"a.example.com /a Exact default/exact:80 default/several {file}:18",
            $"a.example.com /a/b Prefix storage.example.com/Bucket default/icons default/several {file}:19",
            $"a.example.com /a Prefix default/short:80 default/several {file}:17",
            $"*.example.com /wild Prefix default/wild:80 default/several {file}:10",
            $"* /any Prefix default/any:80 default/several {file}:13",
            $"* (default) default/fallback:1 default/several {file}:5",
        ];
        Assert.Equal(expected, result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
        Assert.Equal(0, result.ExitCode);
    }

    [Theory]
    [InlineData("a.example.com", "exact icons short fallback")]
    [InlineData("A.Example.COM.:8080", "exact icons short fallback")]
    [InlineData("b.example.com", "wild fallback")]
    [InlineData("a.b.example.com", "any fallback")]
    [InlineData("192.0.2.1", "any fallback")]
    [InlineData("a..b", "")]
    public async Task Routes_Host_KeepsWhatARequestCanReach(string host, string expected)
    {
        var result = await Cli.RunAsync("routes", _folder.Write("several.yaml", Several), "--host", host, "--format", "json");

        var names = JsonDocument.Parse(result.Output).RootElement.EnumerateArray().Select(route =>
            route.GetProperty("service").GetString()?["default/".Length..] ?? route.GetProperty("resource").GetProperty("name").GetString());
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), names);
    }

    [Fact]
    public async Task Routes_Json_HasAllMembers()
    {
        var file = _folder.Write("several.yaml", Several);

        var result = await Cli.RunAsync("routes", file, "--format", "json");

        var routes = JsonDocument.Parse(result.Output).RootElement;
        Assert.True(
            JsonElement.DeepEquals(
                JsonDocument.Parse($$"""
                    {"host":"a.example.com","path":"/a","pathType":"Exact","service":"default/exact","port":80,"resource":null,
                     "ingress":"default/several","field":"spec.rules[2].http.paths[1]","file":{{JsonSerializer.Serialize(file)}},"line":18,"column":9}
                    """).RootElement,
                routes[0]),
            routes[0].GetRawText());
        Assert.Equal("Bucket", routes[1].GetProperty("resource").GetProperty("kind").GetString());
        Assert.Equal(JsonValueKind.Null, routes[5].GetProperty("path").ValueKind);
    }

    [Fact]
    public async Task Routes_NothingReadable_ExitsWith2()
        => Assert.Equal(2, (await Cli.RunAsync("routes", Path.Combine(_folder.Path, "missing.yaml"))).ExitCode);
}

using Ingress.Routing.Tests.Shared;
using YamlDotNet.RepresentationModel;

namespace Ingress.Routing.Kubernetes.Tests.Deployment;

/// <summary>The objects of a folder of <c>deploy/</c>, as kubectl renders them.</summary>
internal sealed class RenderedManifests
{
    private readonly List<YamlMappingNode> _objects;

    private RenderedManifests(List<YamlMappingNode> objects) => _objects = objects;

    public static string Folder { get; } = FindFolder();

    public static async Task<RenderedManifests> RenderAsync(string folder)
    {
        var (exitCode, output, error) = await ExternalTool.RunAsync("kubectl", "kustomize", Path.Combine(Folder, folder));
        Assert.True(exitCode == 0, error);
        Assert.Equal("", error); // kustomize warns of fields that are going away
        var stream = new YamlStream();
        stream.Load(new StringReader(output));
        return new([.. stream.Documents.Select(static document => (YamlMappingNode)document.RootNode)]);
    }

    public IEnumerable<YamlMappingNode> All => _objects;

    public IEnumerable<YamlMappingNode> OfKind(string kind) => _objects.Where(item => Text(item, "kind") == kind);

    public YamlMappingNode Single(string kind) => Assert.Single(OfKind(kind));

    public YamlMappingNode Find(string kind, string name) => Assert.Single(OfKind(kind), item => NameOf(item) == name);

    public static string NameOf(YamlNode item) => Text(item, "metadata", "name");

    public static string? NamespaceOf(YamlNode item) => Maybe(item, "metadata", "namespace")?.ToString();

    public static string Text(YamlNode node, params string[] path) => ((YamlScalarNode)At(node, path)).Value!;

    public static List<YamlNode> List(YamlNode node, params string[] path) => [.. (YamlSequenceNode)At(node, path)];

    public static List<string> Texts(YamlNode node, params string[] path) => [.. List(node, path).Select(static item => ((YamlScalarNode)item).Value!)];

    public static Dictionary<string, string> Map(YamlNode node, params string[] path)
        => ((YamlMappingNode)At(node, path)).ToDictionary(static pair => pair.Key.ToString(), static pair => pair.Value.ToString());

    public static YamlNode At(YamlNode node, params string[] path) => Maybe(node, path) ?? throw new Xunit.Sdk.XunitException($"There is no {string.Join('.', path)}.");

    public static YamlNode? Maybe(YamlNode? node, params string[] path)
    {
        foreach (var name in path)
        {
            node = node is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(name), out var next) ? next : null;
        }

        return node;
    }

    private static string FindFolder()
    {
        var folder = AppContext.BaseDirectory;
        while (!Directory.Exists(Path.Combine(folder, "deploy")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("deploy");
        }

        return Path.Combine(folder, "deploy");
    }
}

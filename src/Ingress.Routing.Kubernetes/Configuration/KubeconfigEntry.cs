using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Ingress.Routing.Kubernetes.Configuration;

/// <summary>One mapping of a kubeconfig, with the file it was written in.</summary>
internal sealed class KubeconfigEntry(string file, string kind, string name, YamlMappingNode node)
{
    /// <summary>The entry in messages.</summary>
    public string Description => $"the {kind} '{name}' of the kubeconfig '{file}'";

    public KubeconfigEntry Named(string otherKind, string otherName) => new(file, otherKind, otherName, node);

    public bool Has(string field) => Find(field) is not null and not YamlScalarNode { Value: null or "" };

    public string? Text(string field) => Find(field) is YamlScalarNode { Value: { } value } scalar && !IsNull(scalar) ? value : null;

    public bool IsTrue(string field) => Text(field) is "true" or "True" or "TRUE";

    public KubeconfigEntry? Child(string field) => Find(field) is YamlMappingNode child ? new(file, kind, name, child) : null;

    public IEnumerable<KubeconfigEntry> Entries(string field)
        => Find(field) is YamlSequenceNode list ? list.OfType<YamlMappingNode>().Select(item => new KubeconfigEntry(file, kind, name, item)) : [];

    public IReadOnlyList<string> Texts(string field)
        => Find(field) is YamlSequenceNode list ? [.. list.OfType<YamlScalarNode>().Select(static item => item.Value ?? "")] : [];

    /// <summary>The fields whose values are lists of strings.</summary>
    public IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> Lists()
        => node.Children.Keys.OfType<YamlScalarNode>().Select(key => new KeyValuePair<string, IReadOnlyList<string>>(key.Value ?? "", Texts(key.Value ?? "")));

    public YamlNode? Find(string field) => node.Children.TryGetValue(new YamlScalarNode(field), out var value) ? value : null;

    /// <summary>A path, which is relative to the file.</summary>
    public string Resolve(string path) => Path.GetFullPath(path, Path.GetDirectoryName(Path.GetFullPath(file)) ?? "/");

    /// <summary>What <c>FIELD-data</c> holds in base64, or else the file that <c>FIELD</c> names.</summary>
    /// <exception cref="KubernetesConfigurationException">The data is no base64.</exception>
    public FileOrData? Content(string field)
    {
        if (Text(field + "-data") is { Length: > 0 } data)
        {
            try
            {
                return new(Convert.FromBase64String(data));
            }
            catch (FormatException)
            {
                throw new KubernetesConfigurationException($"The {field}-data of {Description} is not base64.");
            }
        }

        return Text(field) is { Length: > 0 } path ? new(Resolve(path)) : null;
    }

    private static bool IsNull(YamlScalarNode scalar) => scalar.Style is ScalarStyle.Plain && scalar.Value is "" or "null" or "~" or "Null" or "NULL";
}

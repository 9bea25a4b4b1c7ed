using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Ingress.Routing.Kubernetes.Configuration;

/// <summary>One kubeconfig, or several of which the first to name a thing counts.</summary>
internal sealed class Kubeconfig
{
    private readonly Dictionary<string, KubeconfigEntry> _clusters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KubeconfigEntry> _users = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KubeconfigEntry> _contexts = new(StringComparer.Ordinal);
    private readonly string _origin;
    private string? _currentContext;

    private Kubeconfig(string origin) => _origin = origin;

    /// <summary>Reads files.</summary>
    /// <param name="files">The files.</param>
    /// <param name="mustExist">Whether a file that is not there is an error.</param>
    /// <exception cref="KubernetesConfigurationException">A file cannot be read, or is no kubeconfig.</exception>
    public static Kubeconfig Read(IReadOnlyList<string> files, bool mustExist)
    {
        var config = new Kubeconfig(string.Join(Path.PathSeparator, files));
        var found = 0;
        foreach (var file in files)
        {
            try
            {
                if (!mustExist && !File.Exists(file))
                {
                    continue;
                }

                found++;
                config.Add(file, File.ReadAllText(file));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new KubernetesConfigurationException($"The kubeconfig '{file}' cannot be read: {exception.Message}", exception);
            }
            catch (YamlDotNet.Core.YamlException exception)
            {
                // Its message may quote what stands there, which may be a token.
                throw new KubernetesConfigurationException(
                    string.Create(CultureInfo.InvariantCulture, $"The kubeconfig '{file}' is not YAML: line {exception.Start.Line}, column {exception.Start.Column}."));
            }
        }

        return found > 0 ? config : throw new KubernetesConfigurationException($"There is no kubeconfig: none of '{config._origin}' exists.");
    }

    /// <summary>How to reach the cluster of a context.</summary>
    /// <param name="context">The context; null for the current one.</param>
    /// <exception cref="KubernetesConfigurationException">The context is missing, or says something that cannot be used.</exception>
    public ClusterConnection Select(string? context)
    {
        if ((context ?? _currentContext) is not { Length: > 0 } name)
        {
            throw new KubernetesConfigurationException($"The kubeconfig '{_origin}' has no current-context. Name one with --context.");
        }

        var selected = Find(_contexts, "context", name);
        var cluster = Find(_clusters, "cluster", selected.Text("cluster") ?? "");
        var user = selected.Text("user") is { Length: > 0 } userName ? Find(_users, "user", userName) : null;
        return KubeconfigConnection.Create(_origin, cluster, user, selected.Text("namespace"));
    }

    private void Add(string file, string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        if (yaml.Documents.Count == 0)
        {
            return; // an empty file is an empty kubeconfig, to kubectl as well
        }

        if (yaml.Documents[0].RootNode is not YamlMappingNode root)
        {
            throw new KubernetesConfigurationException($"The kubeconfig '{file}' is not a mapping.");
        }

        var all = new KubeconfigEntry(file, "kubeconfig", file, root);
        _currentContext ??= all.Text("current-context") is { Length: > 0 } current ? current : null;
        AddAll(_clusters, all, "clusters", "cluster");
        AddAll(_users, all, "users", "user");
        AddAll(_contexts, all, "contexts", "context");
    }

    private static void AddAll(Dictionary<string, KubeconfigEntry> entries, KubeconfigEntry root, string list, string kind)
    {
        foreach (var item in root.Entries(list))
        {
            if (item.Text("name") is { } name && item.Child(kind) is { } content)
            {
                entries.TryAdd(name, content.Named(kind, name));
            }
        }
    }

    private KubeconfigEntry Find(Dictionary<string, KubeconfigEntry> entries, string kind, string name)
        => entries.TryGetValue(name, out var entry)
            ? entry
            : throw new KubernetesConfigurationException($"The kubeconfig '{_origin}' has no {kind} '{name}'.");
}

using Ingress.Routing.Manifests.Syntax;

namespace Ingress.Routing.Manifests.Templates;

/// <summary>Documents that often lie beside manifests and are none.</summary>
internal static class ForeignDocument
{
    /// <summary>What the description of a chart is called.</summary>
    public const string ChartFile = "Chart.yaml";

    private static readonly string[] s_kustomizationFiles = ["kustomization.yaml", "kustomization.yml"];

    private static readonly string[] s_filesOfTools =
    [
        "package.json", "package-lock.json", "composer.json", "tsconfig.json", "jsconfig.json", "renovate.json", "lerna.json", "nx.json",
        "angular.json", "deno.json", "bower.json", "manifest.json", "vercel.json", "appsettings.json", "launchSettings.json", "global.json",
        "mkdocs.yml", "skaffold.yaml", "pnpm-lock.yaml", "pnpm-workspace.yaml", "codecov.yml", "azure-pipelines.yml", "cloudbuild.yaml",
        "buildspec.yml", "bitbucket-pipelines.yml", "Taskfile.yml", "helmfile.yaml", "galaxy.yml", "requirements.yml", "values.schema.json",
        "ingress-check.json",
    ];

    /// <summary>Whether the folder of a file is one for kustomize.</summary>
    public static bool IsKustomization(string file) => s_kustomizationFiles.Contains(Path.GetFileName(file), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a file describes a chart.</summary>
    public static bool IsChart(string file) => Path.GetFileName(file).Equals(ChartFile, StringComparison.OrdinalIgnoreCase);

    /// <summary>What a document is and what becomes of it; null when it is not known.</summary>
    /// <param name="file">The file it stands in.</param>
    /// <param name="node">The document, which has no <c>kind</c>, or the one for kustomize.</param>
    public static string? Describe(string file, MappingNode node)
    {
        var name = Path.GetFileName(file);
        if (IsChart(file) && Has(node, "name"))
        {
            return $"This describes a Helm chart. Its templates are not read: run 'helm template {FolderOf(file)}', and give what it prints.";
        }

        if (IsKustomization(file))
        {
            return $"This is for kustomize. Its patches are not read: run 'kubectl kustomize {FolderOf(file)}', and give what it prints.";
        }

        if (Path.GetFileNameWithoutExtension(name).Contains("values", StringComparison.OrdinalIgnoreCase) && !IsObject(node))
        {
            return "These are values for a Helm chart, and no manifest. The file is skipped.";
        }

        if (s_filesOfTools.Contains(name, StringComparer.OrdinalIgnoreCase) && !IsObject(node))
        {
            return "The file belongs to another tool, and is no manifest. It is skipped.";
        }

        if (node.FindExact("tests") is SequenceNode && !IsObject(node))
        {
            return "These are expectations for 'ingress-gateway test', and no manifest. The file is skipped.";
        }

        return node.FindExact("services") is MappingNode && !IsObject(node)
            ? "This is for Docker Compose, and no manifest. The file is skipped."
            : null;
    }

    /// <summary>Whether a document is a JSON patch: a list of operations.</summary>
    public static bool IsJsonPatch(ManifestNode document)
        => document is SequenceNode { Items.Count: > 0 } list
            && list.Items.All(static item => item is MappingNode operation && Has(operation, "op") && Has(operation, "path"));

    /// <summary>Whether an object is a template of OpenShift, and an Ingress is among what it makes.</summary>
    public static bool IsTemplateWithIngress(MappingNode node, string kind)
        => kind == "Template"
            && node.FindExact("objects") is SequenceNode objects
            && objects.Items.Any(static item => item is MappingNode made && made.FindExact("kind") is ScalarNode { Text: "Ingress" });

    private static bool IsObject(MappingNode node) => Has(node, "metadata") || Has(node, "spec") || Has(node, "kind");

    private static bool Has(MappingNode node, string field) => node.FindExact(field) is not null;

    private static string FolderOf(string file) => Path.GetDirectoryName(file) is { Length: > 0 } folder ? folder : ".";
}

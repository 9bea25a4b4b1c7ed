using Ingress.Routing.Gateway.Output;
using Ingress.Routing.Manifests;
using Ingress.Routing.Model;
using Ingress.Routing.Nginx;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>Finds the ConfigMap of the controller of ingress-nginx, and reads its settings.</summary>
internal static class NginxConfigMapInput
{
    /// <summary>Reads the settings.</summary>
    /// <param name="options">The settings of the command line.</param>
    /// <param name="reference">A file, or <c>namespace/name</c> of a ConfigMap among the manifests.</param>
    /// <param name="manifests">The ConfigMaps of the manifests.</param>
    /// <param name="error">Where is told what of them has no effect.</param>
    /// <exception cref="SettingsException">It cannot be found or used; the message is for the user.</exception>
    public static NginxOptions Read(NginxOptions options, string reference, Func<IEnumerable<ConfigMapResource>> manifests, TextWriter error)
    {
        var settings = options with { };
        var problems = NginxConfigMap.Read(Find(reference, manifests).Data, settings);
        if (problems.Where(static problem => problem.IsError).ToList() is { Count: > 0 } errors)
        {
            throw new SettingsException(PrintableText.Escape(
                $"The settings of '{reference}' cannot be used: {string.Join(' ', errors.Select(static problem => $"{problem.Key}: {problem.Message}"))}"));
        }

        if (problems.Count > 0)
        {
            error.WriteLine(PrintableText.Escape(
                $"Settings of '{reference}' without effect here, or not known: {ListText.Of([.. problems.Select(static problem => problem.Key)])}."));
        }

        return settings;
    }

    private static ConfigMapResource Find(string reference, Func<IEnumerable<ConfigMapResource>> manifests)
    {
        if (File.Exists(reference))
        {
            return IngressManifests.Load([reference]).Snapshot.ConfigMaps is [var first, ..]
                ? first
                : throw new SettingsException(PrintableText.Escape($"The file '{reference}' holds no ConfigMap."));
        }

        if (!reference.Contains('/', StringComparison.Ordinal) || !NamespacedName.TryParse(reference, null, out var name))
        {
            throw new SettingsException(PrintableText.Escape(
                $"--nginx-configmap: there is no file '{reference}'. Expected a file, or NS/NAME of a ConfigMap among the manifests."));
        }

        return manifests().LastOrDefault(item => item.Name == name)
            ?? throw new SettingsException($"--nginx-configmap: there is no ConfigMap '{name}' among the manifests.");
    }
}

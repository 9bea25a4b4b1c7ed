using System.Globalization;
using Ingress.Routing.Model;

namespace Ingress.Routing.Tests.Properties;

/// <summary>Manifests on one line for each rule, so that a counter-example can be read at a glance.</summary>
internal static class ManifestText
{
    public static string Of(ClusterSnapshot snapshot, RouteTableOptions options)
        => $"\n{Options(options)}{Lines(snapshot.IngressClasses, Class)}{Lines(snapshot.Ingresses, Ingress)}";

    private static string Options(RouteTableOptions options)
        => options == RouteTableOptions.Default
            ? ""
            : $"  options controller={options.ControllerName} default={options.DefaultBackend}"
                + $" keepSlashes={options.KeepSlashes} rejectEncoded={options.RejectEncodedSeparators}\n";

    private static string Class(IngressClassResource c)
        => $"  class {c.Metadata.Name} -> {c.Controller}{(c.IsDefault ? " (default)" : "")}\n";

    private static string Ingress(IngressResource ingress)
    {
        var time = ingress.Metadata.CreationTimestamp?.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) ?? "zero";
        var annotation = string.Concat(ingress.Metadata.Annotations.Select(pair => $" {pair.Key}='{pair.Value}'"));
        var className = ingress.IngressClassName is { } name ? $" class='{name}'" : "";
        var @default = ingress.DefaultBackend is { } backend ? $" default={backend.Service?.Name}" : "";
        return $"  Ingress {ingress.Name} t={time}{className}{annotation}{@default}\n{Lines(ingress.Rules, Rule)}{Lines(ingress.Tls, Tls)}";
    }

    private static string Rule(IngressRule rule)
        => $"    '{rule.Host}': {(rule.Paths is null ? "no http" : string.Join(", ", rule.Paths.Select(Path)))}\n";

    private static string Path(IngressPath path) => $"{path.PathType} '{path.Path}' -> {path.Backend?.Service?.Name}";

    private static string Tls(IngressTls tls) => $"    tls [{string.Join(", ", tls.Hosts)}] -> '{tls.SecretName}'\n";

    private static string Lines<T>(IEnumerable<T> items, Func<T, string> line) => string.Concat(items.Select(line));
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Ingress.Routing.Docs.Tests.Tables;

/// <summary>A valid object with one field changed.</summary>
internal static partial class SampleManifest
{
    private const string Placeholder = "__value__";

    private const string Ingress = """
        {
          "apiVersion": "networking.k8s.io/v1",
          "kind": "Ingress",
          "metadata": { "name": "sample", "namespace": "default" },
          "spec": {
            "tls": [{ "hosts": ["shop.example.test"], "secretName": "shop-tls" }],
            "rules": [{
              "host": "shop.example.test",
              "http": { "paths": [{
                "path": "/", "pathType": "Prefix",
                "backend": { "service": { "name": "web", "port": { "number": 80 } } }
              }] }
            }]
          }
        }
        """;

    private const string IngressClass = """
        {
          "apiVersion": "networking.k8s.io/v1",
          "kind": "IngressClass",
          "metadata": { "name": "sample" },
          "spec": { "controller": "example.test/ingress" }
        }
        """;

    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    /// <summary>The object as YAML.</summary>
    /// <param name="kind"><c>Ingress</c> or <c>IngressClass</c>.</param>
    /// <param name="field">A field path such as <c>spec.rules[0].host</c>.</param>
    /// <param name="value">YAML, or <c>a*254</c> for 254 letters; null to leave the field out.</param>
    public static string With(string kind, string field, string? value)
    {
        var root = JsonNode.Parse(kind == nameof(Ingress) ? Ingress : IngressClass)!;
        var parent = root;
        var steps = Steps().Matches(field).Select(step => step.Value.Trim('[', ']')).ToList();
        foreach (var step in steps[..^1])
        {
            parent = parent is JsonArray list ? list[Index(step)]! : parent[step]!;
        }

        Set(parent, steps[^1], value is null ? null : Placeholder);

        // JSON is YAML, and so is JSON with a piece of YAML in it. The mark at the top keeps it from being taken for JSON.
        return "---\n" + root.ToJsonString(s_indented).Replace($"\"{Placeholder}\"", Expand(value), StringComparison.Ordinal);
    }

    private static void Set(JsonNode parent, string step, string? value)
    {
        switch (parent)
        {
            case JsonArray list:
                list[Index(step)] = value ?? throw new FormatException("An element of a list cannot be absent.");
                break;
            case JsonObject item when value is null:
                item.Remove(step);
                break;
            default:
                parent[step] = value;
                break;
        }
    }

    private static string? Expand(string? value)
        => value is not null && Repeated().Match(value) is { Success: true } match
            ? new string(match.Groups[1].Value[0], int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture))
            : value;

    private static int Index(string step) => int.Parse(step, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"[^.\[\]]+|\[\d+\]")]
    private static partial Regex Steps();

    [GeneratedRegex(@"^([a-z])\*(\d+)$")]
    private static partial Regex Repeated();
}

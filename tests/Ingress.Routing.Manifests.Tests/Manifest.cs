using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Tests;

/// <summary>Reads small texts and tells briefly what came of them.</summary>
internal static class Manifest
{
    /// <summary>An Ingress with one rule; the arguments replace lines of it.</summary>
    public static string Ingress(string name = "web", string host = "a.example", string number = "80", string metadata = "", string spec = "")
        => $$"""
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata:
              name: {{name}}
            {{Indent(metadata)}}
            spec:
              rules:
              - host: {{host}}
                http:
                  paths:
                  - path: /
                    pathType: Prefix
                    backend:
                      service:
                        name: web
                        port:
                          number: {{number}}
            {{Indent(spec)}}
            """;

    public static ManifestResult Read(string text) => IngressManifests.Parse(text, "m.yaml");

    /// <summary>The only Ingress of a text about which there is nothing to report.</summary>
    public static IngressResource ReadIngress(string text)
    {
        var result = Read(text);
        Assert.Empty(result.Diagnostics);
        return Assert.Single(result.Snapshot.Ingresses);
    }

    /// <summary>The only diagnostic of a text.</summary>
    public static IngressDiagnostic ReadDiagnostic(string text) => Assert.Single(Read(text).Diagnostics);

    /// <summary>Id, field and line of each diagnostic.</summary>
    public static string[] Summary(ManifestResult result)
        => [.. result.Diagnostics.Select(diagnostic => $"{diagnostic.Id} {diagnostic.Field} {diagnostic.Location?.Line}")];

    /// <summary>The names of the Ingresses, in ordinal order.</summary>
    public static string Names(ClusterSnapshot snapshot)
        => string.Join(' ', snapshot.Ingresses.Select(static ingress => ingress.Metadata.Name).Order(StringComparer.Ordinal));

    private static string Indent(string text) => text.Length == 0 ? "" : "  " + text.ReplaceLineEndings("\n  ");
}

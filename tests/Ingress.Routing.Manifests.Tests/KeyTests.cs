using Ingress.Routing.Diagnostics;

namespace Ingress.Routing.Manifests.Tests;

/// <summary>Keys: unknown, repeated, merged, and not even strings.</summary>
public sealed class KeyTests
{
    [Theory]
    [InlineData("metadata: {annotation: {}}", "metadata.annotation")]
    [InlineData("rules: []", "rules")]
    [InlineData("spec: {rule: []}", "spec.rule")]
    [InlineData("spec: {rules: [{hosts: [a]}]}", "spec.rules[0].hosts")]
    [InlineData("spec: {rules: [{http: {path: /}}]}", "spec.rules[0].http.path")]
    [InlineData("spec: {rules: [{http: {paths: [{}, {pathtypes: x}]}}]}", "spec.rules[0].http.paths[1].pathtypes")]
    [InlineData("spec: {defaultBackend: {services: {}}}", "spec.defaultBackend.services")]
    [InlineData("spec: {defaultBackend: {service: {port: {port: 1}}}}", "spec.defaultBackend.service.port.port")]
    [InlineData("spec: {defaultBackend: {service: {ports: {}}}}", "spec.defaultBackend.service.ports")]
    [InlineData("spec: {defaultBackend: {resource: {group: a}}}", "spec.defaultBackend.resource.group")]
    [InlineData("spec: {tls: [{host: a}]}", "spec.tls[0].host")]
    public void Parse_UnknownField_WarnsAndServes(string fields, string expected)
    {
        var result = Manifest.Read($"apiVersion: networking.k8s.io/v1\nkind: Ingress\n{fields}\n");

        Assert.Single(result.Snapshot.Ingresses);
        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal(("INGR104", expected, 3), (diagnostic.Id, diagnostic.Field, diagnostic.Location!.Value.Line));
        Assert.Equal((IngressDiagnosticSeverity.Warning, null), (diagnostic.Severity, diagnostic.FieldError));
        Assert.NotNull(diagnostic.Resource);
    }

    [Fact]
    public void Parse_UnknownFieldOfIngressClass_Warns()
        => Assert.Equal(
            ["INGR104 spec.controllers 4", "INGR104 spec.parameters.apiVersion 4"],
            Manifest.Summary(Manifest.Read(
                "apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: a}\nspec: {controllers: a, parameters: {apiVersion: v1}}\n")));

    [Theory]
    [InlineData("spec: {backend: {}}", "'spec.defaultBackend'")]
    [InlineData("spec: {defaultBackend: {serviceName: a}}", "'service.name'")]
    [InlineData("spec: {rules: [{http: {paths: [{backend: {servicePort: 80}}]}}]}", "'service.port.number'")]
    public void Parse_FieldOfRetiredVersion_SaysWhatToWrite(string fields, string expected)
    {
        var diagnostic = Manifest.ReadDiagnostic($"apiVersion: networking.k8s.io/v1\nkind: Ingress\n{fields}\n");

        Assert.Equal("INGR104", diagnostic.Id);
        Assert.Contains(expected, diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_UnknownFieldsOfServices_AreNoneOfOurs()
        => Assert.Empty(Manifest.Read("apiVersion: v1\nkind: Service\nmetadata: {name: a, x: y}\nspec: {clusterIP: None, x: [1]}\n").Diagnostics);

    [Fact]
    public void Parse_RepeatedKeys_WarnAtTheSecondAndTheLastCounts()
    {
        var result = Manifest.Read("""
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata:
              name: a
              annotations:
                x/y: "1"
                x/y: "2"
            spec:
              rules: [{host: a.example}]
              rules:
              - host: b.example
                host: c.example
            """);

        var ingress = Assert.Single(result.Snapshot.Ingresses);
        Assert.Equal(("2", "c.example"), (ingress.Metadata.Annotations["x/y"], Assert.Single(ingress.Rules).Host));
        Assert.Equal(
            ["INGR105 metadata.annotations[x/y] 7", "INGR105 spec.rules 10", "INGR105 spec.rules[0].host 12"],
            Manifest.Summary(result).Order(StringComparer.Ordinal));
        Assert.All(result.Diagnostics, static diagnostic => Assert.Equal(FieldErrorKind.Duplicate, diagnostic.FieldError));
        Assert.Equal(12, ingress.Origin!.Locate("spec.rules[0].host").Line);
    }

    [Fact]
    public void Parse_ManyKeys_AreAllFound()
    {
        var annotations = string.Join("\n", Enumerable.Range(0, 1000).Select(static i => $"  k{i}: v{i}"));

        var ingress = Manifest.ReadIngress(Manifest.Ingress(metadata: $"annotations:\n{annotations}"));

        Assert.Equal(1000, ingress.Metadata.Annotations.Count);
        Assert.Equal("v999", ingress.Metadata.Annotations["k999"]);
    }

    [Fact]
    public void Parse_KeysThatAreNoStrings_BecomeStrings()
    {
        var annotations = Manifest.ReadIngress(Manifest.Ingress(metadata: "annotations: {on: a, 010: b, n: c, 'y': d}")).Metadata.Annotations;

        Assert.Equal(["8=b", "false=c", "true=a", "y=d"], annotations.Select(static pair => $"{pair.Key}={pair.Value}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("{[a]: b}")]
    [InlineData("{{a: b}: c}")]
    [InlineData("{~: b}")]
    public void Parse_KeyThatCannotBeOne_IsUnreadable(string annotations)
        => Assert.Equal("INGR100", Manifest.ReadDiagnostic(Manifest.Ingress(metadata: $"annotations: {annotations}")).Id);

    [Fact]
    public void Parse_AnchorsAndMergeKeys_AreExpandedInTheOrderWritten()
    {
        var ingress = Manifest.ReadIngress("""
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata:
              name: a
              labels: &labels {a: "1", b: "2"}
              annotations:
                b: overridden by what is merged after it
                <<: *labels
                a: "3"
            spec:
              defaultBackend: &backend
                service: {name: web, port: {number: 80}}
              rules:
              - http:
                  paths:
                  - {path: /, pathType: Prefix, backend: *backend}
                  - <<: [{path: /first}, {path: /second, pathType: Exact}]
                    backend:
                      <<: *backend
            """);

        Assert.Equal(("3", "2"), (ingress.Metadata.Annotations["a"], ingress.Metadata.Annotations["b"]));
        Assert.Equal(ingress.DefaultBackend, ingress.Rules[0].Paths![0].Backend);
        Assert.Equal(("/first", "Exact"), (ingress.Rules[0].Paths![1].Path, ingress.Rules[0].Paths![1].PathType));
        Assert.Equal(ingress.DefaultBackend, ingress.Rules[0].Paths![1].Backend);
    }

    [Fact]
    public void Parse_QuotedMergeKey_IsAnOrdinaryKey()
        => Assert.Equal("x", Manifest.ReadIngress(Manifest.Ingress(metadata: "annotations: {'<<': x}")).Metadata.Annotations["<<"]);

    [Theory]
    [InlineData("annotations: {<<: text}")]
    [InlineData("annotations: {<<: [a]}")]
    [InlineData("annotations: *nowhere")]
    [InlineData("annotations: &a {b: *a}")]
    public void Parse_AliasOrMergeWithoutSense_IsUnreadable(string metadata)
        => Assert.Equal("INGR100", Manifest.ReadDiagnostic(Manifest.Ingress(metadata: metadata)).Id);
}

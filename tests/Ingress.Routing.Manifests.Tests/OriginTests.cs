using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Tests;

/// <summary>Where fields stand.</summary>
public sealed class OriginTests
{
    private const string Text = """
        # a comment
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
          labels: {app: web}
          annotations:
            kubernetes.io/ingress.class: public
            a/b: c
        spec:
          ingressClassName:
            public
          rules:
            - host: a.example
              http:
                paths:
                  - path: /a
                    backend:
                      service:
                        name: web
                  - {path: /b, pathType: Exact}
            -
              host: b.example
        """;

    [Theory]
    [InlineData("", 2, 1)]
    [InlineData("metadata", 4, 1)]
    [InlineData("metadata.name", 5, 9)]
    [InlineData("metadata.namespace", 4, 1)]
    [InlineData("metadata.labels", 6, 3)]
    [InlineData("metadata.labels[app]", 6, 17)]
    [InlineData("metadata.labels[none]", 6, 3)]
    [InlineData("metadata.annotations[a/b]", 9, 10)]
    [InlineData("metadata.annotations[kubernetes.io/ingress.class]", 8, 34)]
    [InlineData("annotations.kubernetes.io/ingress.class", 8, 34)]
    [InlineData("annotations.unknown", 7, 3)]
    [InlineData("spec", 10, 1)]
    [InlineData("spec.ingressClassName", 12, 5)]
    [InlineData("spec.defaultBackend.service.name", 10, 1)]
    [InlineData("spec.rules", 13, 3)]
    [InlineData("spec.rules[0]", 14, 7)]
    [InlineData("spec.rules[0].host", 14, 13)]
    [InlineData("spec.rules[0].http.paths", 16, 9)]
    [InlineData("spec.rules[0].http.paths[0].path", 17, 19)]
    [InlineData("spec.rules[0].http.paths[0].pathType", 17, 13)]
    [InlineData("spec.rules[0].http.paths[0].backend", 18, 13)]
    [InlineData("spec.rules[0].http.paths[0].backend.service.port.number", 19, 15)]
    [InlineData("spec.rules[0].http.paths[1].pathType", 21, 34)]
    [InlineData("spec.rules[0].http.paths[7].path", 16, 9)]
    [InlineData("spec.rules[1].host", 23, 13)]
    [InlineData("spec.rules[", 13, 3)]
    [InlineData("spec.rules[x].host", 13, 3)]
    [InlineData("spec..", 10, 1)]
    [InlineData("nonsense[0]]].a", 2, 1)]
    public void Locate_FieldPath_IsTheFieldOrItsNearestParent(string field, int line, int column)
        => Assert.Equal(new SourceLocation("m.yaml", line, column), Manifest.ReadIngress(Text).Origin!.Locate(field));

    [Fact]
    public void Locate_MergedField_IsWhereItWasWritten()
    {
        var ingress = Manifest.ReadIngress("""
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata:
              labels: &common
                a: "1"
              annotations:
                <<: *common
            """);

        Assert.Equal(5, ingress.Origin!.Locate("metadata.annotations[a]").Line);
    }

    [Fact]
    public void Locate_SecondDocument_CountsLinesOfTheFile()
    {
        var ingress = Manifest.Read("# one\n---\n\n" + Text + "\n---\n" + Text.Replace("name: web", "name: web2", StringComparison.Ordinal))
            .Snapshot.Ingresses.Single(static ingress => ingress.Metadata.Name == "web2");

        Assert.Equal(3 + 23 + 1 + 5, ingress.Origin!.Locate("metadata.name").Line);
    }

    [Fact]
    public void Locate_EveryKind_HasAnOrigin()
    {
        var snapshot = Manifest.Read("""
            {apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: {name: a}}
            ---
            {apiVersion: v1, kind: Service, metadata: {name: a}}
            ---
            {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: a}}
            ---
            {apiVersion: v1, kind: Secret, type: kubernetes.io/tls, metadata: {name: a}}
            """).Snapshot;

        KubernetesResource[] resources = [.. snapshot.IngressClasses, .. snapshot.Services, .. snapshot.EndpointSlices, .. snapshot.Secrets];
        Assert.Equal([1, 3, 5, 7], resources.Select(static resource => resource.Origin!.Locate("metadata.name").Line));
    }
}

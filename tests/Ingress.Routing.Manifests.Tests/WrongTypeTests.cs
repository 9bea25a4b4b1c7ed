using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Tests;

/// <summary>What the API server's decoder refuses: the object is left out whole, with the exact field.</summary>
public sealed class WrongTypeTests
{
    [Theory]
    [InlineData("\"80\"")]
    [InlineData("http")]
    [InlineData("80.5")]
    [InlineData("2147483648")]
    [InlineData("yes")]
    [InlineData("[80]")]
    [InlineData("{}")]
    public void Parse_PortNumberOfOtherType_RefusesIngress(string number)
    {
        var result = Manifest.Read(Manifest.Ingress(number: number));

        Assert.Empty(result.Snapshot.Ingresses);
        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal("INGR103", diagnostic.Id);
        Assert.Equal(IngressDiagnosticSeverity.Error, diagnostic.Severity);
        Assert.Equal(FieldErrorKind.Invalid, diagnostic.FieldError);
        Assert.Equal("spec.rules[0].http.paths[0].backend.service.port.number", diagnostic.Field);
        Assert.Equal(new ResourceReference("Ingress", "default", "web"), diagnostic.Resource);
        Assert.Equal(17, diagnostic.Location!.Value.Line);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("on")]
    [InlineData("1")]
    [InlineData("1.5")]
    [InlineData("[]")]
    [InlineData("{a: b}")]
    public void Parse_AnnotationThatIsNoString_RefusesIngress(string value)
    {
        var diagnostic = Manifest.ReadDiagnostic(Manifest.Ingress(metadata: $"annotations:\n  example.com/a.b: {value}"));

        Assert.Equal(("INGR103", "metadata.annotations[example.com/a.b]"), (diagnostic.Id, diagnostic.Field));
        Assert.Equal(new SourceLocation("m.yaml", 6, value is "[]" or "{a: b}" ? 5 : 22), diagnostic.Location);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("~")]
    [InlineData("")]
    public void Parse_NullAnnotation_IsEmpty(string value)
        => Assert.Equal("", Manifest.ReadIngress(Manifest.Ingress(metadata: $"annotations:\n  a: {value}")).Metadata.Annotations["a"]);

    [Theory]
    [InlineData("metadata: {name: n}", "metadata.name")]
    [InlineData("metadata: {name: 1.5}", "metadata.name")]
    [InlineData("metadata: {namespace: on}", "metadata.namespace")]
    [InlineData("metadata: web", "metadata")]
    [InlineData("metadata: {labels: {a: 1}}", "metadata.labels[a]")]
    [InlineData("metadata: {labels: [a]}", "metadata.labels")]
    [InlineData("metadata: {generation: '1'}", "metadata.generation")]
    [InlineData("metadata: {creationTimestamp: yesterday}", "metadata.creationTimestamp")]
    [InlineData("metadata: {creationTimestamp: 12}", "metadata.creationTimestamp")]
    [InlineData("metadata: {finalizers: a}", "metadata.finalizers")]
    [InlineData("metadata: {finalizers: [1]}", "metadata.finalizers[0]")]
    [InlineData("metadata: {managedFields: {}}", "metadata.managedFields")]
    [InlineData("spec: []", "spec")]
    [InlineData("spec: {ingressClassName: 1}", "spec.ingressClassName")]
    [InlineData("spec: {rules: {}}", "spec.rules")]
    [InlineData("spec: {rules: [a]}", "spec.rules[0]")]
    [InlineData("spec: {rules: [{}, {host: 123}]}", "spec.rules[1].host")]
    [InlineData("spec: {rules: [{http: []}]}", "spec.rules[0].http")]
    [InlineData("spec: {rules: [{http: {paths: {}}}]}", "spec.rules[0].http.paths")]
    [InlineData("spec: {rules: [{http: {paths: [{path: 1}]}}]}", "spec.rules[0].http.paths[0].path")]
    [InlineData("spec: {rules: [{http: {paths: [{pathType: yes}]}}]}", "spec.rules[0].http.paths[0].pathType")]
    [InlineData("spec: {rules: [{http: {paths: [{backend: web}]}}]}", "spec.rules[0].http.paths[0].backend")]
    [InlineData("spec: {defaultBackend: {service: {name: no}}}", "spec.defaultBackend.service.name")]
    [InlineData("spec: {defaultBackend: {service: {port: 80}}}", "spec.defaultBackend.service.port")]
    [InlineData("spec: {defaultBackend: {resource: {kind: 1}}}", "spec.defaultBackend.resource.kind")]
    [InlineData("spec: {tls: a}", "spec.tls")]
    [InlineData("spec: {tls: [{hosts: a.example}]}", "spec.tls[0].hosts")]
    [InlineData("spec: {tls: [{hosts: [a, 1]}]}", "spec.tls[0].hosts[1]")]
    [InlineData("spec: {tls: [{secretName: 0x10}]}", "spec.tls[0].secretName")]
    [InlineData("status: {loadBalancer: {ingress: [{ports: [{port: a}]}]}}", "status.loadBalancer.ingress[0].ports[0].port")]
    public void Parse_WrongTypeAnywhere_NamesField(string fields, string expected)
    {
        var diagnostic = Manifest.ReadDiagnostic($"apiVersion: networking.k8s.io/v1\nkind: Ingress\n{fields}\n");

        Assert.Equal(("INGR103", expected, 3), (diagnostic.Id, diagnostic.Field, diagnostic.Location!.Value.Line));
    }

    [Theory]
    [InlineData("Service", "v1", "spec: {ports: [{port: '80'}]}", "spec.ports[0].port")]
    [InlineData("EndpointSlice", "discovery.k8s.io/v1", "endpoints: [{conditions: {ready: 'yes'}}]", "endpoints[0].conditions.ready")]
    [InlineData("EndpointSlice", "discovery.k8s.io/v1", "endpoints: [{addresses: [10.5]}]", "endpoints[0].addresses[0]")]
    [InlineData("IngressClass", "networking.k8s.io/v1", "spec: {controller: 1}", "spec.controller")]
    [InlineData("IngressClass", "networking.k8s.io/v1", "spec: {parameters: {scope: on}}", "spec.parameters.scope")]
    public void Parse_WrongTypeInOtherKinds_NamesField(string kind, string apiVersion, string fields, string expected)
    {
        var diagnostic = Manifest.ReadDiagnostic($"apiVersion: {apiVersion}\nkind: {kind}\nmetadata: {{name: a}}\n{fields}\n");

        Assert.Equal(("INGR103", expected), (diagnostic.Id, diagnostic.Field));
    }

    [Fact]
    public void Parse_SeveralWrongTypes_ReportsAllAndKeepsOtherObjects()
    {
        var result = Manifest.Read(Manifest.Ingress(host: "1", number: "'80'") + "\n---\n" + Manifest.Ingress(name: "other"));

        Assert.Equal(
            ["INGR103 spec.rules[0].host 8", "INGR103 spec.rules[0].http.paths[0].backend.service.port.number 17"],
            Manifest.Summary(result).Order(StringComparer.Ordinal));
        Assert.Equal("other", Manifest.Names(result.Snapshot));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("2026-01-31T12:00:00Z")]
    [InlineData("'2026-01-31T12:00:00Z'")]
    [InlineData("2026-01-31T13:00:00.000+01:00")]
    public void Parse_CreationTimestamp_IsRead(string text)
    {
        var ingress = Manifest.ReadIngress(Manifest.Ingress(metadata: $"creationTimestamp: {text}"));

        DateTimeOffset? expected = text == "null" ? null : new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
        Assert.Equal(expected, ingress.Metadata.CreationTimestamp);
    }

    [Fact]
    public void Parse_LongText_IsCutInMessage()
    {
        var diagnostic = Manifest.ReadDiagnostic(Manifest.Ingress(number: new string('a', 5000)));

        Assert.InRange(diagnostic.Message.Length, 100, 300);
    }
}

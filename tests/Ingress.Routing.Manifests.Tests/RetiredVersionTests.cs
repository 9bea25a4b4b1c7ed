using Ingress.Routing.Diagnostics;

namespace Ingress.Routing.Manifests.Tests;

/// <summary>Objects of v1beta1 are read as the last API server that served them stored them.</summary>
public sealed class RetiredVersionTests
{
    private const string Web = """
        apiVersion: extensions/v1beta1
        kind: Ingress
        metadata:
          name: web
          annotations: {kubernetes.io/ingress.class: nginx}
        spec:
          backend: {serviceName: fallback, servicePort: http}
          tls: [{hosts: [a.example], secretName: s}]
          rules:
          - host: a.example
            http:
              paths:
              - path: /x
                backend:
                  serviceName: web
                  servicePort: 80
              - backend: {serviceName: all, servicePort: https}
              - {path: /y, pathType: Prefix, backend: {resource: {apiGroup: g.example, kind: K, name: res}}}
        """;

    [Theory]
    [InlineData("extensions/v1beta1")]
    [InlineData("networking.k8s.io/v1beta1")]
    public void Ingress_IsReadAsItsNewVersion(string version)
    {
        var result = Manifest.Read(Web.Replace("extensions/v1beta1", version, StringComparison.Ordinal));

        var ingress = Assert.Single(result.Snapshot.Ingresses);
        Assert.Equal(("fallback", "http"), (ingress.DefaultBackend!.Service!.Name, ingress.DefaultBackend.Service.Port!.Name));
        var paths = Assert.Single(ingress.Rules).Paths!;
        Assert.Equal(["ImplementationSpecific", "ImplementationSpecific", "Prefix"], paths.Select(path => path.PathType));
        Assert.Equal(["/x", null, "/y"], paths.Select(path => path.Path));
        Assert.Equal((80, null), (paths[0].Backend!.Service!.Port!.Number, paths[0].Backend!.Service!.Port!.Name));
        Assert.Equal("https", paths[1].Backend!.Service!.Port!.Name);
        Assert.Equal("res", paths[2].Backend!.Resource!.Name);
        Assert.Equal("nginx", ingress.Metadata.Annotations["kubernetes.io/ingress.class"]);
        Assert.DoesNotContain(IngressRouteTable.Compile(result.Snapshot).Diagnostics, item => item.Severity == IngressDiagnosticSeverity.Error);
    }

    [Fact]
    public void Ingress_Warning_SaysWhatChangedAndWhoRefusesIt()
    {
        var diagnostic = Manifest.ReadDiagnostic(Web);

        Assert.Equal((IngressDiagnosticIds.RetiredApiVersion, IngressDiagnosticSeverity.Warning), (diagnostic.Id, diagnostic.Severity));
        Assert.Equal(("apiVersion", 1), (diagnostic.Field, diagnostic.Location!.Value.Line));
        Assert.All(
            ["1.22", "extensions/v1beta1", "networking.k8s.io/v1", "serviceName", "pathType: ImplementationSpecific", "spec.defaultBackend", "convert"],
            text => Assert.Contains(text, diagnostic.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Ingress_Findings_StandWhereTheOldFieldStands()
    {
        var origin = Assert.Single(Manifest.Read(Web).Snapshot.Ingresses).Origin!;

        Assert.Equal(15, origin.Locate("spec.rules[0].http.paths[0].backend.service.name").Line);
        Assert.Equal(16, origin.Locate("spec.rules[0].http.paths[0].backend.service.port.number").Line);
        Assert.Equal(13, origin.Locate("spec.rules[0].http.paths[0].pathType").Line);
        Assert.Equal(7, origin.Locate("spec.defaultBackend.service.name").Line);
    }

    [Theory]
    [InlineData("backend: {serviceName: a}", "a", null, null)]
    [InlineData("backend: {serviceName: a, servicePort: \"80\"}", "a", null, "80")]
    [InlineData("backend: {serviceName: a, servicePort: 0}", "a", 0, null)]
    [InlineData("backend: {serviceName: a, servicePort: null}", "a", null, null)]
    public void Backend_Odd_IsLeftToValidation(string backend, string name, int? number, string? portName)
    {
        var ingress = Assert.Single(Manifest.Read($"apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata: {{name: a}}\nspec: {{{backend}}}\n").Snapshot.Ingresses);

        var service = ingress.DefaultBackend!.Service!;
        Assert.Equal((name, number, portName), (service.Name, service.Port?.Number, service.Port?.Name));
    }

    [Fact]
    public void Backend_Empty_NamesNoService()
        => Assert.Null(Assert.Single(Manifest.Read(
            "apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata: {name: a}\nspec: {backend: {}}\n").Snapshot.Ingresses).DefaultBackend!.Service);

    [Fact]
    public void Backend_PortOfAnotherType_RefusesTheObject()
    {
        var result = Manifest.Read("apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata: {name: a}\nspec: {backend: {serviceName: a, servicePort: yes}}\n");

        Assert.Equal(["INGR103 spec.defaultBackend.servicePort 4"], Manifest.Summary(result));
        Assert.Empty(result.Snapshot.Ingresses);
    }

    [Fact]
    public void Field_OfTheNewVersion_IsDroppedWithAdvice()
    {
        var result = Manifest.Read(
            "apiVersion: networking.k8s.io/v1beta1\nkind: Ingress\nmetadata: {name: a}\nspec:\n  defaultBackend: {service: {name: a, port: {number: 1}}}\n");

        Assert.Equal(["INGR104 spec.defaultBackend 5", "INGR102 apiVersion 1"], Manifest.Summary(result));
        Assert.Contains("write that apiVersion", result.Diagnostics[0].Message, StringComparison.Ordinal);
        Assert.Null(Assert.Single(result.Snapshot.Ingresses).DefaultBackend);
    }

    [Fact]
    public void IngressClassAndSlice_AreReadToo()
    {
        var result = Manifest.Read(
            "apiVersion: networking.k8s.io/v1beta1\nkind: IngressClass\nmetadata: {name: c}\nspec: {controller: a.example/b}\n---\n"
            + "apiVersion: discovery.k8s.io/v1beta1\nkind: EndpointSlice\nmetadata: {name: e}\naddressType: IPv4\nendpoints: [{addresses: [10.0.0.1]}]\n");

        Assert.Equal("a.example/b", Assert.Single(result.Snapshot.IngressClasses).Controller);
        Assert.Equal("IPv4", Assert.Single(result.Snapshot.EndpointSlices).AddressType);
        Assert.Equal(["INGR102 apiVersion 1", "INGR102 apiVersion 6"], Manifest.Summary(result));
    }

    [Fact]
    public void List_GivesItsItemsItsVersion()
    {
        var result = Manifest.Read(
            "apiVersion: extensions/v1beta1\nkind: IngressList\nitems:\n- metadata: {name: a}\n  spec: {backend: {serviceName: x, servicePort: 1}}\n");

        Assert.Equal("x", Assert.Single(result.Snapshot.Ingresses).DefaultBackend!.Service!.Name);
    }
}

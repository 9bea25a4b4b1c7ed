using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Tests;

/// <summary>Every field of the model, and the rules of decoding that are no errors.</summary>
public sealed class BindingTests
{
    [Fact]
    public void Parse_FullIngress_ReadsEveryField()
    {
        var ingress = Manifest.ReadIngress("""
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata:
              name: web
              namespace: shop
              generateName: web-
              uid: 1b2c
              resourceVersion: "7"
              generation: 3
              creationTimestamp: 2026-01-31T12:00:00Z
              deletionTimestamp: null
              labels: {app: web}
              annotations:
                example.com/a: b
              ownerReferences: [{kind: X, name: y}]
              finalizers: [a/b]
              managedFields: [{manager: kubectl}]
            spec:
              ingressClassName: public
              defaultBackend:
                resource: {apiGroup: storage.example, kind: Bucket, name: files}
              rules:
              - host: a.example
                http:
                  paths:
                  - {path: /x, pathType: Exact, backend: {service: {name: one, port: {number: 8080}}}}
                  - {path: /y, pathType: Prefix, backend: {service: {name: two, port: {name: web}}}}
              - host: b.example
              - http: {paths: []}
              tls:
              - hosts: [a.example, b.example]
                secretName: cert
              - {}
            status:
              loadBalancer:
                ingress:
                - {ip: 192.0.2.1, hostname: lb.example, ports: [{port: 80, protocol: TCP, error: none}]}
            """);

        Assert.Equal(new ResourceReference("Ingress", "shop", "web"), ingress.Reference);
        Assert.Equal(("1b2c", "7", 3L), (ingress.Metadata.Uid, ingress.Metadata.ResourceVersion, ingress.Metadata.Generation));
        Assert.Equal(("web", "b"), (ingress.Metadata.Labels["app"], ingress.Metadata.Annotations["example.com/a"]));
        Assert.Equal("public", ingress.IngressClassName);
        Assert.Equal(new TypedLocalObjectReference { ApiGroup = "storage.example", Kind = "Bucket", Name = "files" }, ingress.DefaultBackend!.Resource);
        Assert.Equal(["a.example", "b.example", null], ingress.Rules.Select(static rule => rule.Host));
        Assert.Equal([2, null, 0], ingress.Rules.Select(static rule => rule.Paths?.Count));
        Assert.Equal(
            new IngressPath { Path = "/x", PathType = "Exact", Backend = IngressBackend.ForService("one", 8080) }, ingress.Rules[0].Paths![0]);
        Assert.Equal(
            new IngressPath { Path = "/y", PathType = "Prefix", Backend = IngressBackend.ForService("two", "web") }, ingress.Rules[0].Paths![1]);
        Assert.Equal((2, "cert"), (ingress.Tls[0].Hosts.Count, ingress.Tls[0].SecretName));
        Assert.Equal((0, null), (ingress.Tls[1].Hosts.Count, ingress.Tls[1].SecretName));
        var address = Assert.Single(ingress.Status.LoadBalancer);
        Assert.Equal(("192.0.2.1", "lb.example"), (address.Ip, address.Hostname));
        Assert.Equal(new LoadBalancerPort { Port = 80, Protocol = "TCP", Error = "none" }, Assert.Single(address.Ports));
    }

    [Fact]
    public void Parse_OtherKinds_ReadsWhatRoutingNeeds()
    {
        var snapshot = Manifest.Read("""
            apiVersion: networking.k8s.io/v1
            kind: IngressClass
            metadata: {name: public, annotations: {ingressclass.kubernetes.io/is-default-class: "true"}}
            spec:
              controller: example.com/ingress
              parameters: {apiGroup: example.com, kind: Settings, name: s, scope: Namespace, namespace: ops}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop}
            spec:
              type: ClusterIP
              selector: {app: web}
              ports: [{name: http, port: 80, protocol: TCP, appProtocol: kubernetes.io/h2c, targetPort: http}]
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: web-1, namespace: shop, labels: {kubernetes.io/service-name: web}}
            addressType: IPv4
            endpoints:
            - {addresses: [10.0.0.1], conditions: {ready: true}}
            - {addresses: [10.0.0.2], conditions: {ready: no}}
            - {addresses: [10.0.0.3]}
            ports: [{name: http, port: 8080, protocol: TCP, appProtocol: http}]
            """).Snapshot;

        var ingressClass = Assert.Single(snapshot.IngressClasses);
        Assert.True(ingressClass.IsDefault);
        Assert.Equal("example.com/ingress", ingressClass.Controller);
        Assert.Equal(
            new IngressClassParameters { ApiGroup = "example.com", Kind = "Settings", Name = "s", Scope = "Namespace", Namespace = "ops" },
            ingressClass.Parameters);
        var service = Assert.Single(snapshot.Services);
        Assert.Equal("ClusterIP", service.Type);
        Assert.Equal(new ServicePort { Name = "http", Port = 80, Protocol = "TCP", AppProtocol = "kubernetes.io/h2c" }, Assert.Single(service.Ports));
        var slice = Assert.Single(snapshot.EndpointSlices);
        Assert.Equal(("web", "IPv4"), (slice.ServiceName, slice.AddressType));
        Assert.Equal([true, false, null], slice.Endpoints.Select(static endpoint => endpoint.Ready));
        Assert.Equal("10.0.0.1", Assert.Single(slice.Endpoints[0].Addresses));
        Assert.Equal(new EndpointSlicePort { Name = "http", Port = 8080, Protocol = "TCP", AppProtocol = "http" }, Assert.Single(slice.Ports));
    }

    [Fact]
    public void Parse_FieldsInAnotherCase_AreReadAsTheApiServerDoes()
    {
        var ingress = Manifest.ReadIngress("""
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            Metadata: {NAME: web}
            spec: {ingressclassname: public, RULES: [{HOST: wrong, host: right}]}
            """);

        Assert.Equal(("web", "public", "right"), (ingress.Metadata.Name, ingress.IngressClassName, ingress.Rules[0].Host));
        Assert.Equal(4, ingress.Origin!.Locate("spec.ingressClassName").Line);
    }

    [Fact]
    public void Parse_Nulls_CountAsAbsent()
    {
        var ingress = Manifest.ReadIngress("""
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: web, labels: null, annotations: ~, namespace: null}
            spec: {ingressClassName: null, defaultBackend: null, rules: [null], tls: [{hosts: [null]}]}
            status:
            """);

        Assert.Null(ingress.IngressClassName);
        Assert.Null(ingress.DefaultBackend);
        Assert.Equal((null, null), (Assert.Single(ingress.Rules).Host, ingress.Rules[0].Paths));
        Assert.Equal([""], ingress.Tls[0].Hosts);
        Assert.Empty(ingress.Metadata.Labels);
    }

    [Fact]
    public void Parse_EmptyStrings_DifferFromAbsence()
    {
        var ingress = Manifest.ReadIngress("""
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: ""}
            spec: {ingressClassName: "", rules: [{http: {paths: [{pathType: ""}]}}]}
            """);

        Assert.Equal(("", ""), (ingress.Metadata.Name, ingress.IngressClassName));
        Assert.Equal((null, ""), (ingress.Rules[0].Paths![0].Path, ingress.Rules[0].Paths![0].PathType));
    }

    [Fact]
    public void Parse_NoName_IsKeptForTheCompilerToReport()
        => Assert.Null(Manifest.ReadIngress("{apiVersion: networking.k8s.io/v1, kind: Ingress, spec: {}}").Metadata.Name);
}

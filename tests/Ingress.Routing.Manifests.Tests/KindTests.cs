using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Tests;

/// <summary>Which documents are objects of ours: lists, other kinds, retired versions.</summary>
public sealed class KindTests
{
    [Fact]
    public void Parse_List_IsUnfoldedWithFieldsOfTheItems()
    {
        var result = Manifest.Read("""
            apiVersion: v1
            kind: List
            metadata: {resourceVersion: ""}
            items:
            - apiVersion: networking.k8s.io/v1
              kind: Ingress
              metadata: {name: a}
            - apiVersion: networking.k8s.io/v1
              kind: Ingress
              metadata: {name: 1}
            - apiVersion: v1
              kind: List
              items:
              - {apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: b}}
            - {apiVersion: v1, kind: Pod, metadata: {name: p, namespace: ns}}
            - just text
            """);

        Assert.Equal("a b", Manifest.Names(result.Snapshot));
        Assert.Equal(["INGR103 metadata.name 10", "INGR101 kind 15", "INGR108  16"], Manifest.Summary(result));
        Assert.Equal(new ResourceReference("Pod", "ns", "p"), result.Diagnostics[1].Resource);
    }

    [Theory]
    [InlineData("networking.k8s.io/v1", "IngressList")]
    [InlineData("networking.k8s.io/v1", "IngressClassList")]
    [InlineData("discovery.k8s.io/v1", "EndpointSliceList")]
    [InlineData("v1", "ServiceList")]
    public void Parse_TypedList_GivesItsItemsKindAndVersion(string apiVersion, string kind)
    {
        var result = Manifest.Read($"apiVersion: {apiVersion}\nkind: {kind}\nitems:\n- metadata: {{name: a}}\n- metadata: {{name: b}}\n");

        Assert.Empty(result.Diagnostics);
        var snapshot = result.Snapshot;
        Assert.Equal(2, snapshot.Ingresses.Count + snapshot.IngressClasses.Count + snapshot.EndpointSlices.Count + snapshot.Services.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("items:")]
    [InlineData("items: []")]
    public void Parse_EmptyList_IsNoError(string items) => Assert.Empty(Manifest.Read($"apiVersion: v1\nkind: List\n{items}\n").Diagnostics);

    [Fact]
    public void Parse_ItemsThatAreNoList_IsWrongType()
    {
        var diagnostic = Manifest.ReadDiagnostic("apiVersion: v1\nkind: List\nitems: {}\n");

        Assert.Equal(("INGR103", "items", 3), (diagnostic.Id, diagnostic.Field, diagnostic.Location!.Value.Line));
    }

    [Theory]
    [InlineData("apps/v1", "Deployment")]
    [InlineData("v1", "Pod")]
    [InlineData("apps/v1", "DeploymentList")]
    [InlineData("serving.knative.dev/v1", "Service")]
    [InlineData("networking.internal.knative.dev/v1alpha1", "Ingress")]
    [InlineData("config.openshift.io/v1", "IngressList")]
    public void Parse_OtherKind_IsSkippedWithOneInfo(string apiVersion, string kind)
    {
        var diagnostic = Manifest.ReadDiagnostic($"apiVersion: {apiVersion}\nkind: {kind}\nmetadata: {{name: a}}\nspec: {{spec: 1, spec: 2}}\nitems: [{{}}]\n");

        Assert.Equal(("INGR101", IngressDiagnosticSeverity.Info, 2), (diagnostic.Id, diagnostic.Severity, diagnostic.Location!.Value.Line));
        Assert.Equal(new ResourceReference(kind, null, "a"), diagnostic.Resource);
    }

    [Theory]
    [InlineData("networking.k8s.io/v1alpha1", "Ingress", "networking.k8s.io/v1")]
    [InlineData("extensions/v1", "Ingress", "networking.k8s.io/v1")]
    [InlineData("extensions/v1beta1", "IngressClass", "networking.k8s.io/v1")]
    [InlineData("discovery.k8s.io/v1alpha1", "EndpointSlice", "discovery.k8s.io/v1")]
    [InlineData("v1", "Ingress", "networking.k8s.io/v1")]
    [InlineData("v2", "Service", "v1")]
    public void Parse_VersionThatNeverWas_IsRefusedAndSaysWhatToWrite(string apiVersion, string kind, string expected)
    {
        var result = Manifest.Read($"apiVersion: {apiVersion}\nkind: {kind}\nmetadata: {{name: a}}\nspec: {{backend: {{serviceName: 1}}}}\n");

        Assert.Empty(result.Snapshot.Ingresses);
        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal(("INGR102", IngressDiagnosticSeverity.Error, FieldErrorKind.NotSupported), (diagnostic.Id, diagnostic.Severity, diagnostic.FieldError));
        Assert.Equal(("apiVersion", 1), (diagnostic.Field, diagnostic.Location!.Value.Line));
        Assert.Contains($"'{expected}'", diagnostic.Message, StringComparison.Ordinal);
    }
}

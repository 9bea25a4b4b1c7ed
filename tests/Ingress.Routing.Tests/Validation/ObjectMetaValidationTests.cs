using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Validation;

/// <summary>Semantics 2.1.4 to 2.1.7, for every kind.</summary>
public sealed class ObjectMetaValidationTests
{
    private static readonly KubernetesResource[] s_kinds =
    [
        Some.Ingress("a", defaultBackend: Some.Backend("web")),
        Some.Class("a"),
        Some.Service("a"),
        Some.Slice("a", 80, "192.0.2.1"),
        new EndpointsResource { Metadata = Some.Metadata("a") },
        new SecretResource { Metadata = Some.Metadata("a") },
    ];

    [Fact]
    public void Metadata_Valid_IsFoundForEveryKind() => Assert.All(s_kinds, static resource => Assert.Empty(Errors(resource)));

    [Fact]
    public void Label_Malformed_IsFoundForEveryKindAndLeavesTheObjectOut()
    {
        Assert.All(s_kinds, static resource =>
        {
            var labels = resource.Metadata.Labels.Append(new("app", "a b")).ToDictionary();
            Assert.Equal(["metadata.labels Invalid"], Errors(resource with { Metadata = resource.Metadata with { Labels = labels } }));
        });

        var service = Some.Service("web") with { Metadata = new() { Name = "web", Labels = new Dictionary<string, string> { ["app"] = "a b" } } };
        var table = IngressRouteTable.Compile(new() { Services = [service] });
        Assert.Equal(DestinationStatus.ServiceNotFound, table.GetDestinations(new(new(null, "web"), new() { Number = 80 })).Status);
        Assert.Same(service, Assert.Single(table.Snapshot.Services));
    }

    [Fact]
    public void Label_Corrected_BringsTheObjectBackByAChange()
    {
        var broken = Some.Service("web") with { Metadata = new() { Name = "web", Labels = new Dictionary<string, string> { ["app"] = "a b" } } };
        var table = IngressRouteTable.Compile(new() { Services = [broken], EndpointSlices = [Some.Slice("web", 80, "192.0.2.1")] });

        table = table.Apply(new() { Upserted = [Some.Service("web")] });
        Assert.Equal(DestinationStatus.Ready, table.GetDestinations(new(new(null, "web"), new() { Number = 80 })).Status);
        Assert.Empty(table.Diagnostics);

        table = table.Apply(new() { Upserted = [broken] });
        Assert.Equal(DestinationStatus.ServiceNotFound, table.GetDestinations(new(new(null, "web"), new() { Number = 80 })).Status);
        Assert.Single(table.DiagnosticsOf(broken.Reference));
    }

    [Theory]
    [InlineData("2web")]
    [InlineData("web.shop")]
    [InlineData("Web")]
    public void Name_OfAService_IsALabelThatBeginsWithALetter(string name)
        => Assert.Equal(["metadata.name Invalid"], Errors(Some.Service(name)));

    [Fact]
    public void Annotations_Over256KiB_AreTooLong()
    {
        // Keys count, and bytes: 'é' has two.
        var most = new Dictionary<string, string> { ["a"] = new string('é', (256 * 1024 / 2) - 1) + "x" };
        Assert.Empty(Errors(With(new() { Name = "a", Annotations = most })));
        Assert.Equal(["metadata.annotations TooLong"], Errors(With(new() { Name = "a", Annotations = new Dictionary<string, string> { ["a"] = most["a"] + "x" } })));
    }

    [Theory]
    [InlineData("a", 63, 0)]
    [InlineData("a", 64, 1)]
    [InlineData("-", 64, 2)]
    public void LabelValue_Length_IsLimited(string letter, int count, int errors)
        => Assert.Equal(errors, Errors(With(new() { Name = "a", Labels = new Dictionary<string, string> { ["app"] = string.Concat(Enumerable.Repeat(letter, count)) } })).Count);

    [Fact]
    public void GenerateName_IsNoName()
    {
        var error = Assert.Single(IngressRouteTable.Compile(Some.Snapshot(With(new() { GenerateName = "web-" }))).Diagnostics);

        Assert.Equal((FieldErrorKind.Required, "metadata.name"), (error.FieldError, error.Field));
        Assert.Contains("generateName", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Owners_TwoControllers_AreRefused()
    {
        OwnerReference owner = new() { ApiVersion = "apps/v1", Kind = "Deployment", Name = "a", Uid = "1", Controller = true };
        Assert.Empty(Errors(With(new() { Name = "a", OwnerReferences = [owner, owner with { Controller = false }] })));
        Assert.Equal(["metadata.ownerReferences Invalid"], Errors(With(new() { Name = "a", OwnerReferences = [owner, owner] })));
        Assert.Equal(
            ["metadata.ownerReferences.apiVersion Invalid", "metadata.ownerReferences.kind Invalid", "metadata.ownerReferences.name Invalid", "metadata.ownerReferences.uid Invalid"],
            Errors(With(new() { Name = "a", OwnerReferences = [new()] })));
    }

    // Whatever damaged indentation has put there.
    [Fact]
    public void Metadata_OfASecret_IsNotShown()
    {
        var secret = new SecretResource { Metadata = new() { Name = "a", Labels = new Dictionary<string, string> { ["hunter2 "] = "hunter2 " } } };

        Assert.All(
            IngressRouteTable.Compile(new() { Secrets = [secret] }).Diagnostics,
            static diagnostic => Assert.DoesNotContain("hunter2", diagnostic.ToString(), StringComparison.Ordinal));
    }

    private static IngressResource With(ObjectMetadata metadata) => Some.Ingress("a", defaultBackend: Some.Backend("web")) with { Metadata = metadata };

    private static List<string> Errors(KubernetesResource resource)
        => [.. IngressRouteTable.Compile(ClusterSnapshot.Empty.Apply(new() { Upserted = [resource] })).Diagnostics
            .Where(static diagnostic => diagnostic.FieldError is not null)
            .Select(static diagnostic => $"{diagnostic.Field} {diagnostic.FieldError}")];
}

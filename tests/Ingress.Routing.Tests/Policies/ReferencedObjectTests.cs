using System.Text;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Changes;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Policies;

/// <summary>What annotations refer to: found in one place, refused in one place, and followed when it changes.</summary>
public sealed class ReferencedObjectTests
{
    private static readonly RouteTableOptions s_options = new() { AnnotationDialects = [ReferringAnnotations.Dialect] };

    private static IngressResource Ingress(string name, string host, params (string Name, string Text)[] annotations) => Some.Ingress(
        name,
        [Some.Rule(host, Some.Prefix("/"))],
        annotations: annotations.ToDictionary(static item => $"{ReferringAnnotations.Prefix}/{item.Name}", static item => item.Text));

    private static SecretResource Secret(string name, params string[] keys) => new()
    {
        Metadata = Some.Metadata(name),
        Data = keys.ToDictionary(static key => key, static key => new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(key))),
    };

    private static ConfigMapResource ConfigMap(string name, string value)
        => new() { Metadata = Some.Metadata(name), Data = new Dictionary<string, string> { ["a"] = value } };

    private static string PoliciesOf(IngressRouteTable table, string host) => table.Match(host, "/").Route!.Policies.ToString();

    [Fact]
    public void Find_ObjectsOfTheNamespace_AreFoundByNameAndByNamespaceAndName()
    {
        var table = IngressRouteTable.Compile(
            new()
            {
                Ingresses = [Ingress("t/i", "a.test", ("secret", "users"), ("config-map", "t/pages"), ("service", "web"))],
                Secrets = [Secret("t/users", "auth", "other")],
                ConfigMaps = [ConfigMap("t/pages", "x")],
                Services = [Some.Service("t/web", 80)],
            },
            s_options);

        Assert.Equal("config-map t/pages: x; secret t/users: 2 ; service t/web: 80", PoliciesOf(table, "a.test"));
    }

    [Theory]
    [InlineData("u/users", IngressDiagnosticIds.InvalidAnnotation, "The Secret 'u/users' is in another namespace than the Ingress")]
    [InlineData("gone", IngressDiagnosticIds.ReferencedSecretNotFound, "There is no Secret 't/gone'. ")]
    [InlineData("a b", IngressDiagnosticIds.InvalidAnnotation, "It is 'a b', and must be the name of a Secret")]
    [InlineData("u/x/users", IngressDiagnosticIds.InvalidAnnotation, "It is 'u/x/users', and must be")]
    public void Find_WhatCannotBeUsed_ClosesThePathsAndIsReported(string reference, string id, string message)
    {
        var table = IngressRouteTable.Compile(
            new() { Ingresses = [Ingress("t/i", "a.test", ("secret", reference))], Secrets = [Secret("u/users", "auth")] }, s_options);

        Assert.True(table.Match("a.test", "/").Route!.Policies.IsClosed);
        var diagnostic = Assert.Single(table.DiagnosticsOf(table.Snapshot.Ingresses[0].Reference), item => item.Field.Contains("refer.test", StringComparison.Ordinal));
        Assert.Equal((id, "metadata.annotations[refer.test/secret]"), (diagnostic.Id, diagnostic.Field));
        Assert.StartsWith(message, diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_OtherNamespaceInADialectThatAllowsIt_IsFound()
    {
        var table = IngressRouteTable.Compile(
            new() { Ingresses = [Ingress("t/i", "a.test", ("secret", "u/users"))], Secrets = [Secret("u/users", "auth")] },
            new() { AnnotationDialects = [ReferringAnnotations.Permissive] });

        Assert.Equal("secret u/users: 1 ", PoliciesOf(table, "a.test"));
    }

    [Fact]
    public void Apply_ReferencedObject_ReadsThoseThatAskedAndNothingElse()
    {
        var table = IngressRouteTable.Compile(
            new()
            {
                Ingresses =
                [
                    Ingress("t/one", "one.test", ("config-map", "pages")),
                    Ingress("t/two", "two.test", ("config-map", "pages"), ("secret", "users")),
                    Ingress("t/other", "other.test", ("config-map", "others")),
                    Ingress("u/foreign", "foreign.test", ("config-map", "pages")),
                ],
                ConfigMaps = [ConfigMap("t/others", "o")],
            },
            s_options);

        var next = table.Apply(new() { Upserted = [ConfigMap("t/pages", "1"), Secret("t/users")] });

        Assert.Equal("config-map t/pages: 1", PoliciesOf(next, "one.test"));
        Assert.Equal("config-map t/pages: 1; secret t/users: 0 ", PoliciesOf(next, "two.test"));
        Assert.Same(table.Match("other.test", "/").Route, next.Match("other.test", "/").Route);
        Assert.Same(table.Match("foreign.test", "/").Route, next.Match("foreign.test", "/").Route);
        var changes = next.ChangesSince(table)!;
        Assert.Equal(
            ["ConfigMap/t/pages", "Ingress/t/one", "Ingress/t/two", "Secret/t/users"],
            changes.Resources.Select(static item => item.ToString()).Order(StringComparer.Ordinal));

        var gone = next.Apply(new() { Removed = [new("ConfigMap", "t", "pages")] });
        Assert.True(gone.Match("one.test", "/").Route!.Policies.IsClosed);
    }

    [Fact]
    public void Apply_ReferencedObjectThatChangesNothing_KeepsTheRoutes()
    {
        var table = IngressRouteTable.Compile(
            new() { Ingresses = [Ingress("t/one", "one.test", ("config-map", "pages"))], ConfigMaps = [ConfigMap("t/pages", "1")] }, s_options);

        var next = table.Apply(new() { Upserted = [ConfigMap("t/pages", "1")] });

        Assert.Same(table.Routes, next.Routes);
    }

    [Fact]
    public void Apply_ObjectThatNothingRefersTo_SharesEverything()
    {
        var table = IngressRouteTable.Compile(new() { Ingresses = [Ingress("t/one", "one.test", ("config-map", "pages"))] }, s_options);

        var next = table.Apply(new() { Upserted = [ConfigMap("t/unused", "1"), Secret("t/unused", "auth")] });

        Assert.Same(table.Routes, next.Routes);
        Assert.Same(table.Policies, next.Policies);
        Assert.False(next.ChangesSince(table)!.AffectRoutes);
    }

    [Fact]
    public void Apply_SecretOfAnIngressThatWasChanged_IsFollowedNoMore()
    {
        var table = IngressRouteTable.Compile(new() { Ingresses = [Ingress("t/one", "one.test", ("secret", "users"))] }, s_options)
            .Apply(new() { Upserted = [Ingress("t/one", "one.test")] });

        var next = table.Apply(new() { Upserted = [Secret("t/users", "auth")] });

        Assert.Same(table.Routes, next.Routes);
        Assert.Equal([new ResourceReference("Secret", "t", "users")], next.ChangesSince(table)!.Resources);
    }
}

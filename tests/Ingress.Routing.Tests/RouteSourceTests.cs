using System.Reflection;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests;

/// <summary>What is behind the compiler reads nothing of an object through a route: what matters is data of the route.</summary>
public sealed class RouteSourceTests
{
    private static readonly Assembly s_core = typeof(IngressRoute).Assembly;

    // A reference to another object, and a port: names that a backend consists of.
    private static readonly Type[] s_names =
        [typeof(ResourceReference), typeof(TypedLocalObjectReference), typeof(ServiceBackendPort), typeof(SourceLocation)];

    [Theory]
    [InlineData(typeof(IngressRoute))]
    [InlineData(typeof(RouteSource))]
    [InlineData(typeof(TrafficSplit))]
    [InlineData(typeof(CanaryBackend))]
    [InlineData(typeof(RouteConditions))]
    [InlineData(typeof(IngressMatch))]
    public void Members_OfARoute_AreNoObjects(Type type)
    {
        var members = type.GetMembers(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(static member => member is not MethodBase { IsPrivate: true } and not FieldInfo { IsPrivate: true })
            .Select(static member => (member.Name, Type: TypeOf(member)))
            .Where(static item => item.Type is not null && IsOfAnObject(item.Type))
            .Select(static item => item.Name);

        Assert.Equal([], members);
    }

    [Fact]
    public void Source_OfAPath_NamesObjectFieldAndPlace()
    {
        var table = IngressRouteTable.Compile(Some.Snapshot(Some.Ingress("shop/web", [Some.Rule("h.test", Some.Prefix("/a"), Some.Prefix("/b"))])));

        var source = table.Match("h.test", "/b").Route!.Source;

        Assert.Equal(new ResourceReference("Ingress", "shop", "web"), source.Resource);
        Assert.Equal("spec.rules[0].http.paths[1]", source.Field);
        Assert.Null(source.Location);
        Assert.False(source.IsConfigured);
    }

    [Fact]
    public void Source_OfTheSameFieldInAnotherVersion_IsNotEqual()
    {
        var ingress = Some.Ingress("shop/web", [Some.Rule("h.test", Some.Prefix("/a"))]);
        var (first, same, next) = (SourceIn(ingress), SourceIn(ingress), SourceIn(ingress with { }));

        Assert.True(first == same);
        Assert.True(first != next);
        Assert.Equal(first.GetHashCode(), same.GetHashCode());
    }

    private static RouteSource SourceIn(IngressResource ingress)
        => IngressRouteTable.Compile(Some.Snapshot(ingress)).Match("h.test", "/a").Route!.Source;

    private static Type? TypeOf(MemberInfo member) => member switch
    {
        PropertyInfo property => property.PropertyType,
        FieldInfo field => field.FieldType,
        MethodInfo method => method.ReturnType,
        _ => null,
    };

    private static bool IsOfAnObject(Type type)
        => (type.Assembly == s_core && type.Namespace == typeof(IngressResource).Namespace && !s_names.Contains(type) && Nullable.GetUnderlyingType(type) is null)
            || type.GenericTypeArguments.Any(IsOfAnObject)
            || (type.GetElementType() is { } element && IsOfAnObject(element));
}

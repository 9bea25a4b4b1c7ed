using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Validation;

/// <summary>What the compiler finds wrong with one object, as lines of <c>field kind id</c>.</summary>
internal static class FieldErrors
{
    public static IReadOnlyList<string> Of(IngressResource ingress) => Of(Some.Snapshot(ingress));

    public static IReadOnlyList<string> Of(IngressClassResource ingressClass)
        => Of(new ClusterSnapshot { IngressClasses = [ingressClass] });

    /// <summary>The errors of an Ingress with one rule that has one path.</summary>
    public static IReadOnlyList<string> OfPath(IngressPath path) => Of(Some.Ingress("i", [Some.Rule("h.test", path)]));

    public static void AssertNone(IngressResource ingress) => Assert.Empty(Of(ingress));

    /// <summary>Fails unless exactly these errors are found, each as often as it is listed.</summary>
    public static void AssertAre(IReadOnlyList<string> found, params string[] expected)
        => Assert.Equal(expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));

    private static List<string> Of(ClusterSnapshot snapshot)
    {
        var errors = IngressRouteTable.Compile(snapshot).Diagnostics.Where(diagnostic => diagnostic.FieldError is not null).ToList();
        Assert.All(errors, error => Assert.Equal(IngressDiagnosticSeverity.Error, error.Severity));
        return [.. errors.Select(error => $"{error.Field} {error.FieldError} {error.Id}")];
    }
}

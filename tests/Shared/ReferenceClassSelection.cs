using Ingress.Routing.Model;

namespace Ingress.Routing.Tests.Shared;

/// <summary>Section 10 of the semantics (D1 to D3): which Ingresses are ours.</summary>
internal static class ReferenceClassSelection
{
    private const string Annotation = "kubernetes.io/ingress.class";

    public static bool IsServed(IngressResource ingress, ClusterSnapshot snapshot, RouteTableOptions options)
    {
        if (options.ControllerName is null) // D1
        {
            return true;
        }

        var annotation = ingress.Metadata.Annotations.TryGetValue(Annotation, out var value) ? value : null;
        if ((annotation ?? ingress.IngressClassName) is { } className) // D2: the annotation before the field; an empty one counts
        {
            return snapshot.IngressClasses.Any(c => c.Metadata.Name == className && c.Controller == options.ControllerName);
        }

        var defaults = snapshot.IngressClasses.Where(c => c.IsDefault).ToList();
        return defaults.Count == 1 && defaults[0].Controller == options.ControllerName; // D3
    }
}

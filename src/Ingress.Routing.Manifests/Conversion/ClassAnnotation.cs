using Ingress.Routing.Manifests.Syntax;

namespace Ingress.Routing.Manifests.Conversion;

/// <summary>The annotation that named the class of an Ingress before there was a field for it.</summary>
internal static class ClassAnnotation
{
    private const string Annotation = "kubernetes.io/ingress.class";
    private const string Field = "ingressClassName";

    /// <summary>Leaves the annotation, as API servers did, or moves it into the field.</summary>
    /// <param name="ingress">The Ingress in its new version.</param>
    /// <param name="isMoved">Whether it is moved.</param>
    /// <param name="changes">Takes what has happened, for people.</param>
    public static MappingNode Apply(MappingNode ingress, bool isMoved, List<string> changes)
    {
        if (MappingOf(ingress, "metadata") is not { } metadata
            || MappingOf(metadata, "annotations") is not { } annotations
            || annotations.FindExact(Annotation) is not ScalarNode { Type: ScalarType.String } className
            || MappingOf(ingress, "spec") is not { } spec
            || spec.TryFind(Field, out _))
        {
            return ingress;
        }

        if (!isMoved || className.Text.Length == 0)
        {
            changes.Add($"the annotation '{Annotation}' stays");
            return ingress;
        }

        changes.Add($"the annotation '{Annotation}' became '{Field}: {className.Text}', which needs an IngressClass of that name");
        var left = annotations.Entries.Length > 1 ? Without(annotations, Annotation) : null;
        var newMetadata = left is null ? Without(metadata, "annotations") : With(metadata, "annotations", left);
        var newSpec = new MappingNode(spec.Position);
        newSpec.Set(new(Field, className.Position, className));
        foreach (var entry in spec.Entries)
        {
            newSpec.Set(entry);
        }

        return With(With(ingress, "metadata", newMetadata), "spec", newSpec);
    }

    private static MappingNode? MappingOf(MappingNode node, string field)
        => node.FindExact(field) as MappingNode;

    private static MappingNode Without(MappingNode node, string field)
    {
        var copy = new MappingNode(node.Position);
        foreach (var entry in node.Entries)
        {
            if (entry.Key != field)
            {
                copy.Set(entry);
            }
        }

        return copy;
    }

    private static MappingNode With(MappingNode node, string field, ManifestNode value)
    {
        var copy = new MappingNode(node.Position);
        foreach (var entry in node.Entries)
        {
            copy.Set(entry.Key == field ? entry with { Value = value } : entry);
        }

        return copy;
    }
}

using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Binding;

/// <summary>Reads <c>metadata</c>, which is the same for every kind.</summary>
internal static class MetadataBinder
{
    // All fields of ObjectMeta, and the two that older API servers wrote.
    private static readonly string[] s_fields =
    [
        "name", "generateName", "namespace", "selfLink", "uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp",
        "deletionGracePeriodSeconds", "labels", "annotations", "ownerReferences", "finalizers", "managedFields", "clusterName", "initializers",
    ];

    /// <param name="root">The object.</param>
    /// <param name="warnsOfUnknownFields">Whether fields that no object has are reported.</param>
    public static ObjectMetadata Read(FieldReader root, bool warnsOfUnknownFields)
    {
        var metadata = root.Mapping("metadata");
        ExpectTypes(metadata);
        if (warnsOfUnknownFields)
        {
            metadata.WarnOfOthers(s_fields);
        }

        return new()
        {
            Name = metadata.String("name"),
            GenerateName = metadata.String("generateName"),
            Namespace = metadata.String("namespace"),
            Uid = metadata.String("uid"),
            ResourceVersion = metadata.String("resourceVersion"),
            Generation = metadata.Integer64("generation"),
            CreationTimestamp = metadata.Time("creationTimestamp"),
            Labels = metadata.StringMap("labels"),
            Annotations = metadata.StringMap("annotations"),
            OwnerReferences = metadata.Mappings("ownerReferences", ReadOwner),
            Finalizers = metadata.Strings("finalizers"),
        };
    }

    // Nothing depends on owners, so no more is asked of them than the API server's rules.
    private static OwnerReference ReadOwner(FieldReader owner) => new()
    {
        ApiVersion = owner.AnyText("apiVersion"),
        Kind = owner.AnyText("kind"),
        Name = owner.AnyText("name"),
        Uid = owner.AnyText("uid"),
        Controller = owner.AnyText("controller") is { } controller ? controller == "true" : null,
    };

    // Not kept, but an object with a wrong type in them is refused all the same.
    private static void ExpectTypes(FieldReader metadata)
    {
        metadata.String("selfLink");
        metadata.Time("deletionTimestamp");
        metadata.Integer64("deletionGracePeriodSeconds");
        metadata.ExpectList("managedFields");
    }
}

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

    private static OwnerReference ReadOwner(FieldReader owner) => new()
    {
        ApiVersion = owner.String("apiVersion"),
        Kind = owner.String("kind"),
        Name = owner.String("name"),
        Uid = owner.String("uid"),
        Controller = owner.Boolean("controller"),
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

using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Binding;

/// <summary>Reads an IngressClass, every field of it (semantics 1.17, 1.18).</summary>
internal static class IngressClassBinder
{
    private static readonly string[] s_objectFields = ["apiVersion", "kind", "metadata", "spec"];
    private static readonly string[] s_specFields = ["controller", "parameters"];
    private static readonly string[] s_parametersFields = ["apiGroup", "kind", "name", "scope", "namespace"];

    public static IngressClassResource Read(FieldReader root, ObjectMetadata metadata, ResourceOrigin origin)
    {
        root.WarnOfOthers(s_objectFields);
        var spec = root.Mapping("spec");
        spec.WarnOfOthers(s_specFields);
        return new()
        {
            Metadata = metadata,
            Origin = origin,
            Controller = spec.String("controller"),
            Parameters = ReadParameters(spec.Mapping("parameters")),
        };
    }

    private static IngressClassParameters? ReadParameters(FieldReader parameters)
    {
        if (!parameters.IsPresent)
        {
            return null;
        }

        parameters.WarnOfOthers(s_parametersFields);
        return new()
        {
            ApiGroup = parameters.String("apiGroup"),
            Kind = parameters.String("kind"),
            Name = parameters.String("name"),
            Scope = parameters.String("scope"),
            Namespace = parameters.String("namespace"),
        };
    }
}

using Ingress.Routing.Manifests.Syntax;
using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Binding;

/// <summary>Reads ConfigMaps.</summary>
internal static class ConfigMapBinder
{
    public static ConfigMapResource Read(FieldReader root, ObjectReport report, MappingNode configMap, ObjectMetadata metadata, ResourceOrigin origin)
    {
        var data = root.StringMap("data");
        var bytes = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var (key, encoded) in root.StringMap("binaryData"))
        {
            if (Base64Text.Decode(encoded) is { } decoded)
            {
                bytes[key] = decoded;
            }
            else
            {
                report.Malformed(FieldPath.Root.Field("binaryData"), configMap.Position, "base64");
            }
        }

        if (!data.Keys.Concat(bytes.Keys).All(DataKey.IsValid) || bytes.Keys.Any(data.ContainsKey))
        {
            report.Malformed(FieldPath.Root.Field("data"), configMap.Position, "a set of entries that the API server stores");
        }

        return new() { Metadata = metadata, Origin = origin, Data = data, BinaryData = bytes };
    }
}

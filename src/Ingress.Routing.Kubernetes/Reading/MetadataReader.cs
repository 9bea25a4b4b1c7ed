using System.Text.Json;
using Ingress.Routing.Model;

namespace Ingress.Routing.Kubernetes.Reading;

/// <summary>Reads what is kept of <c>metadata</c> (K8): neither <c>managedFields</c>, nor owners, nor what <c>kubectl apply</c> leaves behind.</summary>
internal static class MetadataReader
{
    public static ObjectMetadata Read(ref Utf8JsonReader reader, StringPool strings, bool keepsAnnotations = true)
    {
        string? name = null, space = null, uid = null, version = null;
        long? generation = null;
        DateTimeOffset? created = null;
        IReadOnlyDictionary<string, string> labels = StringMap.Empty, annotations = StringMap.Empty;
        if (JsonValue.IsObject(ref reader))
        {
            while (JsonValue.NextField(ref reader))
            {
                if (JsonValue.IsField(ref reader, "name"u8))
                {
                    name = JsonValue.Text(ref reader, strings);
                }
                else if (JsonValue.IsField(ref reader, "namespace"u8))
                {
                    space = JsonValue.Text(ref reader, strings);
                }
                else if (JsonValue.IsField(ref reader, "uid"u8))
                {
                    uid = reader.TokenType == JsonTokenType.Null ? null : reader.GetString();
                }
                else if (JsonValue.IsField(ref reader, "resourceVersion"u8))
                {
                    version = reader.TokenType == JsonTokenType.Null ? null : reader.GetString();
                }
                else if (JsonValue.IsField(ref reader, "generation"u8))
                {
                    generation = JsonValue.LongNumber(ref reader);
                }
                else if (JsonValue.IsField(ref reader, "creationTimestamp"u8))
                {
                    created = JsonValue.Time(ref reader);
                }
                else if (JsonValue.IsField(ref reader, "labels"u8))
                {
                    labels = JsonValue.Map(ref reader, strings);
                }
                else if (keepsAnnotations && JsonValue.IsField(ref reader, "annotations"u8))
                {
                    annotations = JsonValue.Map(ref reader, strings, "kubectl.kubernetes.io/last-applied-configuration"u8);
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return new()
        {
            Name = name,
            Namespace = space,
            Uid = uid,
            ResourceVersion = version,
            Generation = generation,
            CreationTimestamp = created,
            Labels = labels,
            Annotations = annotations,
        };
    }
}

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
                if (reader.ValueTextEquals("name"u8))
                {
                    reader.Read();
                    name = JsonValue.Text(ref reader, strings);
                }
                else if (reader.ValueTextEquals("namespace"u8))
                {
                    reader.Read();
                    space = JsonValue.Text(ref reader, strings);
                }
                else if (reader.ValueTextEquals("uid"u8))
                {
                    reader.Read();
                    uid = reader.TokenType == JsonTokenType.Null ? null : reader.GetString();
                }
                else if (reader.ValueTextEquals("resourceVersion"u8))
                {
                    reader.Read();
                    version = reader.TokenType == JsonTokenType.Null ? null : reader.GetString();
                }
                else if (reader.ValueTextEquals("generation"u8))
                {
                    reader.Read();
                    generation = JsonValue.LongNumber(ref reader);
                }
                else if (reader.ValueTextEquals("creationTimestamp"u8))
                {
                    reader.Read();
                    created = JsonValue.Time(ref reader);
                }
                else if (reader.ValueTextEquals("labels"u8))
                {
                    reader.Read();
                    labels = JsonValue.Map(ref reader, strings);
                }
                else if (keepsAnnotations && reader.ValueTextEquals("annotations"u8))
                {
                    reader.Read();
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

using System.Text.Json;
using Ingress.Routing.Model;

namespace Ingress.Routing.Kubernetes.Reading;

/// <summary>Reads Secrets, ConfigMaps and Namespaces.</summary>
internal static class DataReader
{
    public static SecretResource ReadSecret(ref Utf8JsonReader reader, StringPool strings)
    {
        ObjectMetadata? metadata = null;
        string? type = null;
        Dictionary<string, ReadOnlyMemory<byte>> data = [];
        if (JsonValue.IsObject(ref reader))
        {
            while (JsonValue.NextField(ref reader))
            {
                if (JsonValue.IsField(ref reader, "metadata"u8))
                {
                    metadata = MetadataReader.Read(ref reader, strings, keepsAnnotations: false);
                }
                else if (JsonValue.IsField(ref reader, "type"u8))
                {
                    type = JsonValue.Text(ref reader, strings);
                }
                else if (JsonValue.IsField(ref reader, "data"u8))
                {
                    data = JsonValue.Data(ref reader, strings);
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return new() { Metadata = metadata ?? new(), Type = type, Data = data };
    }

    public static ConfigMapResource ReadConfigMap(ref Utf8JsonReader reader, StringPool strings)
    {
        ObjectMetadata? metadata = null;
        IReadOnlyDictionary<string, string> data = StringMap.Empty;
        Dictionary<string, ReadOnlyMemory<byte>> binaryData = [];
        if (JsonValue.IsObject(ref reader))
        {
            while (JsonValue.NextField(ref reader))
            {
                if (JsonValue.IsField(ref reader, "metadata"u8))
                {
                    metadata = MetadataReader.Read(ref reader, strings);
                }
                else if (JsonValue.IsField(ref reader, "data"u8))
                {
                    data = JsonValue.Map(ref reader, strings);
                }
                else if (JsonValue.IsField(ref reader, "binaryData"u8))
                {
                    binaryData = JsonValue.Data(ref reader, strings);
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return new() { Metadata = metadata ?? new(), Data = data, BinaryData = binaryData };
    }

    public static NamespaceResource ReadNamespace(ref Utf8JsonReader reader, StringPool strings)
    {
        ObjectMetadata? metadata = null;
        if (JsonValue.IsObject(ref reader))
        {
            while (JsonValue.NextField(ref reader))
            {
                if (JsonValue.IsField(ref reader, "metadata"u8))
                {
                    metadata = MetadataReader.Read(ref reader, strings, keepsAnnotations: false);
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return new() { Metadata = metadata ?? new() };
    }
}

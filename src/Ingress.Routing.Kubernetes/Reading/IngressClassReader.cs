using System.Text.Json;
using Ingress.Routing.Model;

namespace Ingress.Routing.Kubernetes.Reading;

/// <summary>Reads an IngressClass.</summary>
internal static class IngressClassReader
{
    public static IngressClassResource Read(ref Utf8JsonReader reader, StringPool strings)
    {
        ObjectMetadata? metadata = null;
        string? controller = null;
        IngressClassParameters? parameters = null;
        if (JsonValue.IsObject(ref reader))
        {
            while (JsonValue.NextField(ref reader))
            {
                if (reader.ValueTextEquals("metadata"u8))
                {
                    reader.Read();
                    metadata = MetadataReader.Read(ref reader, strings);
                }
                else if (reader.ValueTextEquals("spec"u8))
                {
                    reader.Read();
                    ReadSpec(ref reader, strings, out controller, out parameters);
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return new() { Metadata = metadata ?? new(), Controller = controller, Parameters = parameters };
    }

    private static void ReadSpec(ref Utf8JsonReader reader, StringPool strings, out string? controller, out IngressClassParameters? parameters)
    {
        controller = null;
        parameters = null;
        if (JsonValue.IsObject(ref reader))
        {
            while (JsonValue.NextField(ref reader))
            {
                if (reader.ValueTextEquals("controller"u8))
                {
                    reader.Read();
                    controller = JsonValue.Text(ref reader, strings);
                }
                else if (reader.ValueTextEquals("parameters"u8))
                {
                    reader.Read();
                    parameters = ReadParameters(ref reader, strings);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
    }

    private static IngressClassParameters? ReadParameters(ref Utf8JsonReader reader, StringPool strings)
    {
        if (!JsonValue.IsObject(ref reader))
        {
            return null;
        }

        string? group = null, kind = null, name = null, scope = null, space = null;
        while (JsonValue.NextField(ref reader))
        {
            if (reader.ValueTextEquals("apiGroup"u8))
            {
                reader.Read();
                group = JsonValue.Text(ref reader, strings);
            }
            else if (reader.ValueTextEquals("kind"u8))
            {
                reader.Read();
                kind = JsonValue.Text(ref reader, strings);
            }
            else if (reader.ValueTextEquals("name"u8))
            {
                reader.Read();
                name = JsonValue.Text(ref reader, strings);
            }
            else if (reader.ValueTextEquals("scope"u8))
            {
                reader.Read();
                scope = JsonValue.Text(ref reader, strings);
            }
            else if (reader.ValueTextEquals("namespace"u8))
            {
                reader.Read();
                space = JsonValue.Text(ref reader, strings);
            }
            else
            {
                reader.Skip();
            }
        }

        return new() { ApiGroup = group, Kind = kind, Name = name, Scope = scope, Namespace = space };
    }
}

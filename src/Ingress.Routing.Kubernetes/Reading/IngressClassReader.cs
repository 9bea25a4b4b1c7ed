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
                if (JsonValue.IsField(ref reader, "metadata"u8))
                {
                    metadata = MetadataReader.Read(ref reader, strings);
                }
                else if (JsonValue.IsField(ref reader, "spec"u8))
                {
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
                if (JsonValue.IsField(ref reader, "controller"u8))
                {
                    controller = JsonValue.Text(ref reader, strings);
                }
                else if (JsonValue.IsField(ref reader, "parameters"u8))
                {
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
            if (JsonValue.IsField(ref reader, "apiGroup"u8))
            {
                group = JsonValue.Text(ref reader, strings);
            }
            else if (JsonValue.IsField(ref reader, "kind"u8))
            {
                kind = JsonValue.Text(ref reader, strings);
            }
            else if (JsonValue.IsField(ref reader, "name"u8))
            {
                name = JsonValue.Text(ref reader, strings);
            }
            else if (JsonValue.IsField(ref reader, "scope"u8))
            {
                scope = JsonValue.Text(ref reader, strings);
            }
            else if (JsonValue.IsField(ref reader, "namespace"u8))
            {
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

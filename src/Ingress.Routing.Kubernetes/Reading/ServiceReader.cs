using System.Text.Json;
using Ingress.Routing.Model;

namespace Ingress.Routing.Kubernetes.Reading;

/// <summary>Reads what routing needs of a Service.</summary>
internal static class ServiceReader
{
    public static ServiceResource Read(ref Utf8JsonReader reader, StringPool strings)
    {
        ObjectMetadata? metadata = null;
        var service = new ServiceResource { Metadata = new() };
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
                    service = ReadSpec(ref reader, strings);
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return service with { Metadata = metadata ?? new() };
    }

    private static ServiceResource ReadSpec(ref Utf8JsonReader reader, StringPool strings)
    {
        string? type = null, clusterIP = null, externalName = null;
        IReadOnlyDictionary<string, string> selector = StringMap.Empty;
        IReadOnlyList<ServicePort> ports = [];
        IReadOnlyList<string> families = [];
        if (JsonValue.IsObject(ref reader))
        {
            while (JsonValue.NextField(ref reader))
            {
                if (JsonValue.IsField(ref reader, "type"u8))
                {
                    type = JsonValue.Text(ref reader, strings);
                }
                else if (JsonValue.IsField(ref reader, "clusterIP"u8))
                {
                    clusterIP = JsonValue.Text(ref reader, strings);
                }
                else if (JsonValue.IsField(ref reader, "externalName"u8))
                {
                    externalName = JsonValue.Text(ref reader, strings);
                }
                else if (JsonValue.IsField(ref reader, "ipFamilies"u8))
                {
                    families = JsonValue.Texts(ref reader, strings);
                }
                else if (JsonValue.IsField(ref reader, "selector"u8))
                {
                    selector = JsonValue.Map(ref reader, strings);
                }
                else if (JsonValue.IsField(ref reader, "ports"u8))
                {
                    ports = JsonValue.List<ServicePort>(ref reader, strings, ReadPort);
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return new()
        {
            Metadata = new(),
            Type = type,
            ClusterIP = clusterIP,
            ExternalName = externalName,
            IPFamilies = families,
            Selector = selector,
            Ports = ports,
        };
    }

    private static ServicePort ReadPort(ref Utf8JsonReader reader, StringPool strings)
    {
        string? name = null, protocol = null, appProtocol = null;
        var port = 0;
        if (JsonValue.IsObject(ref reader))
        {
            while (JsonValue.NextField(ref reader))
            {
                if (JsonValue.IsField(ref reader, "name"u8))
                {
                    name = JsonValue.Text(ref reader, strings);
                }
                else if (JsonValue.IsField(ref reader, "port"u8))
                {
                    port = JsonValue.Number(ref reader) ?? 0;
                }
                else if (JsonValue.IsField(ref reader, "protocol"u8))
                {
                    protocol = JsonValue.Text(ref reader, strings);
                }
                else if (JsonValue.IsField(ref reader, "appProtocol"u8))
                {
                    appProtocol = JsonValue.Text(ref reader, strings);
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return new() { Name = name, Port = port, Protocol = protocol, AppProtocol = appProtocol };
    }
}

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
                if (reader.ValueTextEquals("metadata"u8))
                {
                    reader.Read();
                    metadata = MetadataReader.Read(ref reader, strings);
                }
                else if (reader.ValueTextEquals("spec"u8))
                {
                    reader.Read();
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
                if (reader.ValueTextEquals("type"u8))
                {
                    reader.Read();
                    type = JsonValue.Text(ref reader, strings);
                }
                else if (reader.ValueTextEquals("clusterIP"u8))
                {
                    reader.Read();
                    clusterIP = JsonValue.Text(ref reader, strings);
                }
                else if (reader.ValueTextEquals("externalName"u8))
                {
                    reader.Read();
                    externalName = JsonValue.Text(ref reader, strings);
                }
                else if (reader.ValueTextEquals("ipFamilies"u8))
                {
                    reader.Read();
                    families = JsonValue.Texts(ref reader, strings);
                }
                else if (reader.ValueTextEquals("selector"u8))
                {
                    reader.Read();
                    selector = JsonValue.Map(ref reader, strings);
                }
                else if (reader.ValueTextEquals("ports"u8))
                {
                    reader.Read();
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
                if (reader.ValueTextEquals("name"u8))
                {
                    reader.Read();
                    name = JsonValue.Text(ref reader, strings);
                }
                else if (reader.ValueTextEquals("port"u8))
                {
                    reader.Read();
                    port = JsonValue.Number(ref reader) ?? 0;
                }
                else if (reader.ValueTextEquals("protocol"u8))
                {
                    reader.Read();
                    protocol = JsonValue.Text(ref reader, strings);
                }
                else if (reader.ValueTextEquals("appProtocol"u8))
                {
                    reader.Read();
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

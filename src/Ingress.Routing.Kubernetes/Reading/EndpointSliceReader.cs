using System.Text.Json;
using Ingress.Routing.Model;

namespace Ingress.Routing.Kubernetes.Reading;

/// <summary>Reads what routing needs of an EndpointSlice.</summary>
internal static class EndpointSliceReader
{
    public static EndpointSliceResource Read(ref Utf8JsonReader reader, StringPool strings)
    {
        ObjectMetadata? metadata = null;
        string? addressType = null;
        IReadOnlyList<EndpointSliceEndpoint> endpoints = [];
        IReadOnlyList<EndpointSlicePort> ports = [];
        if (JsonValue.IsObject(ref reader))
        {
            while (JsonValue.NextField(ref reader))
            {
                if (reader.ValueTextEquals("metadata"u8))
                {
                    reader.Read();
                    metadata = MetadataReader.Read(ref reader, strings, keepsAnnotations: false);
                }
                else if (reader.ValueTextEquals("addressType"u8))
                {
                    reader.Read();
                    addressType = JsonValue.Text(ref reader, strings);
                }
                else if (reader.ValueTextEquals("endpoints"u8))
                {
                    reader.Read();
                    endpoints = JsonValue.List<EndpointSliceEndpoint>(ref reader, strings, ReadEndpoint);
                }
                else if (reader.ValueTextEquals("ports"u8))
                {
                    reader.Read();
                    ports = JsonValue.List<EndpointSlicePort>(ref reader, strings, ReadPort);
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return new() { Metadata = metadata ?? new(), AddressType = addressType, Endpoints = endpoints, Ports = ports };
    }

    private static EndpointSliceEndpoint ReadEndpoint(ref Utf8JsonReader reader, StringPool strings)
    {
        IReadOnlyList<string> addresses = [];
        bool? ready = null, serving = null, terminating = null;
        if (JsonValue.IsObject(ref reader))
        {
            while (JsonValue.NextField(ref reader))
            {
                if (reader.ValueTextEquals("addresses"u8))
                {
                    reader.Read();
                    addresses = JsonValue.Texts(ref reader, strings);
                }
                else if (reader.ValueTextEquals("conditions"u8))
                {
                    reader.Read();
                    ReadConditions(ref reader, out ready, out serving, out terminating);
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return new() { Addresses = addresses, Ready = ready, Serving = serving, Terminating = terminating };
    }

    private static void ReadConditions(ref Utf8JsonReader reader, out bool? ready, out bool? serving, out bool? terminating)
    {
        (ready, serving, terminating) = (null, null, null);
        if (JsonValue.IsObject(ref reader))
        {
            while (JsonValue.NextField(ref reader))
            {
                if (reader.ValueTextEquals("ready"u8))
                {
                    reader.Read();
                    ready = JsonValue.Truth(ref reader);
                }
                else if (reader.ValueTextEquals("serving"u8))
                {
                    reader.Read();
                    serving = JsonValue.Truth(ref reader);
                }
                else if (reader.ValueTextEquals("terminating"u8))
                {
                    reader.Read();
                    terminating = JsonValue.Truth(ref reader);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
    }

    private static EndpointSlicePort ReadPort(ref Utf8JsonReader reader, StringPool strings)
    {
        string? name = null, protocol = null, appProtocol = null;
        int? port = null;
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
                    port = JsonValue.Number(ref reader);
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

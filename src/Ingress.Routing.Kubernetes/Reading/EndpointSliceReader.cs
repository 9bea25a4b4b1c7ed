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
                if (JsonValue.IsField(ref reader, "metadata"u8))
                {
                    metadata = MetadataReader.Read(ref reader, strings, keepsAnnotations: false);
                }
                else if (JsonValue.IsField(ref reader, "addressType"u8))
                {
                    addressType = JsonValue.Text(ref reader, strings);
                }
                else if (JsonValue.IsField(ref reader, "endpoints"u8))
                {
                    endpoints = JsonValue.List<EndpointSliceEndpoint>(ref reader, strings, ReadEndpoint);
                }
                else if (JsonValue.IsField(ref reader, "ports"u8))
                {
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
                if (JsonValue.IsField(ref reader, "addresses"u8))
                {
                    addresses = JsonValue.Texts(ref reader, strings);
                }
                else if (JsonValue.IsField(ref reader, "conditions"u8))
                {
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
                if (JsonValue.IsField(ref reader, "ready"u8))
                {
                    ready = JsonValue.Truth(ref reader);
                }
                else if (JsonValue.IsField(ref reader, "serving"u8))
                {
                    serving = JsonValue.Truth(ref reader);
                }
                else if (JsonValue.IsField(ref reader, "terminating"u8))
                {
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
                if (JsonValue.IsField(ref reader, "name"u8))
                {
                    name = JsonValue.Text(ref reader, strings);
                }
                else if (JsonValue.IsField(ref reader, "port"u8))
                {
                    port = JsonValue.Number(ref reader);
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

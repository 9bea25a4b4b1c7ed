using System.Text.Json;
using System.Text.Json.Serialization;
using Ingress.Routing.Model;

namespace Ingress.Routing.Gateway.Output;

/// <summary>Writes a Service port as the Ingress does: <c>80</c> or <c>"http"</c>.</summary>
internal sealed class PortJsonConverter : JsonConverter<ServiceBackendPort>
{
    public override ServiceBackendPort Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => throw new NotSupportedException("Routes are only written.");

    public override void Write(Utf8JsonWriter writer, ServiceBackendPort value, JsonSerializerOptions options)
    {
        if (string.IsNullOrEmpty(value.Name))
        {
            writer.WriteNumberValue(value.Number ?? 0);
        }
        else
        {
            writer.WriteStringValue(value.Name);
        }
    }
}

using System.Text.Json;
using Ingress.Routing.Model;

namespace Ingress.Routing.Kubernetes.Reading;

/// <summary>Reads the <c>status.loadBalancer.ingress</c> that Ingresses and Services share.</summary>
internal static class LoadBalancerReader
{
    /// <summary>Reads a <c>status</c>.</summary>
    public static IReadOnlyList<LoadBalancerIngress> ReadStatus(ref Utf8JsonReader reader, StringPool strings)
    {
        IReadOnlyList<LoadBalancerIngress> addresses = [];
        if (JsonValue.IsObject(ref reader))
        {
            while (JsonValue.NextField(ref reader))
            {
                if (reader.ValueTextEquals("loadBalancer"u8))
                {
                    reader.Read();
                    addresses = ReadLoadBalancer(ref reader, strings);
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return addresses;
    }

    private static LoadBalancerIngress[] ReadLoadBalancer(ref Utf8JsonReader reader, StringPool strings)
    {
        LoadBalancerIngress[] addresses = [];
        if (JsonValue.IsObject(ref reader))
        {
            while (JsonValue.NextField(ref reader))
            {
                if (reader.ValueTextEquals("ingress"u8))
                {
                    reader.Read();
                    addresses = JsonValue.List<LoadBalancerIngress>(ref reader, strings, ReadAddress);
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return addresses;
    }

    private static LoadBalancerIngress ReadAddress(ref Utf8JsonReader reader, StringPool strings)
    {
        string? ip = null, hostname = null;
        IReadOnlyList<LoadBalancerPort> ports = [];
        if (JsonValue.IsObject(ref reader))
        {
            while (JsonValue.NextField(ref reader))
            {
                if (reader.ValueTextEquals("ip"u8))
                {
                    reader.Read();
                    ip = JsonValue.Text(ref reader, strings);
                }
                else if (reader.ValueTextEquals("hostname"u8))
                {
                    reader.Read();
                    hostname = JsonValue.Text(ref reader, strings);
                }
                else if (reader.ValueTextEquals("ports"u8))
                {
                    reader.Read();
                    ports = JsonValue.List<LoadBalancerPort>(ref reader, strings, ReadPort);
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return new() { Ip = ip, Hostname = hostname, Ports = ports };
    }

    private static LoadBalancerPort ReadPort(ref Utf8JsonReader reader, StringPool strings)
    {
        var port = 0;
        string? protocol = null, error = null;
        if (JsonValue.IsObject(ref reader))
        {
            while (JsonValue.NextField(ref reader))
            {
                if (reader.ValueTextEquals("port"u8))
                {
                    reader.Read();
                    port = JsonValue.Number(ref reader) ?? 0;
                }
                else if (reader.ValueTextEquals("protocol"u8))
                {
                    reader.Read();
                    protocol = JsonValue.Text(ref reader, strings);
                }
                else if (reader.ValueTextEquals("error"u8))
                {
                    reader.Read();
                    error = JsonValue.Text(ref reader, strings);
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return new() { Port = port, Protocol = protocol, Error = error };
    }
}

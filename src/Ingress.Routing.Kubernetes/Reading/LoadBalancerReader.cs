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
                if (JsonValue.IsField(ref reader, "loadBalancer"u8))
                {
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
                if (JsonValue.IsField(ref reader, "ingress"u8))
                {
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
                if (JsonValue.IsField(ref reader, "ip"u8))
                {
                    ip = JsonValue.Text(ref reader, strings);
                }
                else if (JsonValue.IsField(ref reader, "hostname"u8))
                {
                    hostname = JsonValue.Text(ref reader, strings);
                }
                else if (JsonValue.IsField(ref reader, "ports"u8))
                {
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
                if (JsonValue.IsField(ref reader, "port"u8))
                {
                    port = JsonValue.Number(ref reader) ?? 0;
                }
                else if (JsonValue.IsField(ref reader, "protocol"u8))
                {
                    protocol = JsonValue.Text(ref reader, strings);
                }
                else if (JsonValue.IsField(ref reader, "error"u8))
                {
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

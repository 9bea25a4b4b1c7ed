using System.Text.Json;
using Ingress.Routing.Model;

namespace Ingress.Routing.Kubernetes.Reading;

/// <summary>Reads an Ingress.</summary>
internal static class IngressReader
{
    public static IngressResource Read(ref Utf8JsonReader reader, StringPool strings)
    {
        ObjectMetadata? metadata = null;
        var spec = new Spec();
        IReadOnlyList<LoadBalancerIngress> addresses = [];
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
                    spec = ReadSpec(ref reader, strings);
                }
                else if (reader.ValueTextEquals("status"u8))
                {
                    reader.Read();
                    addresses = LoadBalancerReader.ReadStatus(ref reader, strings);
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return new()
        {
            Metadata = metadata ?? new(),
            IngressClassName = spec.ClassName,
            DefaultBackend = spec.DefaultBackend,
            Rules = spec.Rules,
            Tls = spec.Tls,
            Status = addresses.Count == 0 ? IngressStatus.Empty : new() { LoadBalancer = addresses },
        };
    }

    private static Spec ReadSpec(ref Utf8JsonReader reader, StringPool strings)
    {
        var spec = new Spec();
        if (JsonValue.IsObject(ref reader))
        {
            while (JsonValue.NextField(ref reader))
            {
                if (reader.ValueTextEquals("ingressClassName"u8))
                {
                    reader.Read();
                    spec.ClassName = JsonValue.Text(ref reader, strings);
                }
                else if (reader.ValueTextEquals("defaultBackend"u8))
                {
                    reader.Read();
                    spec.DefaultBackend = ReadBackend(ref reader, strings);
                }
                else if (reader.ValueTextEquals("rules"u8))
                {
                    reader.Read();
                    spec.Rules = JsonValue.List<IngressRule>(ref reader, strings, ReadRule);
                }
                else if (reader.ValueTextEquals("tls"u8))
                {
                    reader.Read();
                    spec.Tls = JsonValue.List<IngressTls>(ref reader, strings, ReadTls);
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return spec;
    }

    private static IngressRule ReadRule(ref Utf8JsonReader reader, StringPool strings)
    {
        string? host = null;
        IReadOnlyList<IngressPath>? paths = null;
        if (JsonValue.IsObject(ref reader))
        {
            while (JsonValue.NextField(ref reader))
            {
                if (reader.ValueTextEquals("host"u8))
                {
                    reader.Read();
                    host = JsonValue.Text(ref reader, strings);
                }
                else if (reader.ValueTextEquals("http"u8))
                {
                    reader.Read();
                    paths = ReadHttp(ref reader, strings);
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return new() { Host = host, Paths = paths };
    }

    private static IngressPath[]? ReadHttp(ref Utf8JsonReader reader, StringPool strings)
    {
        if (!JsonValue.IsObject(ref reader))
        {
            return null;
        }

        IngressPath[] paths = [];
        while (JsonValue.NextField(ref reader))
        {
            if (reader.ValueTextEquals("paths"u8))
            {
                reader.Read();
                paths = JsonValue.List<IngressPath>(ref reader, strings, ReadPath);
            }
            else
            {
                reader.Skip();
            }
        }

        return paths;
    }

    private static IngressPath ReadPath(ref Utf8JsonReader reader, StringPool strings)
    {
        string? path = null, type = null;
        IngressBackend? backend = null;
        if (JsonValue.IsObject(ref reader))
        {
            while (JsonValue.NextField(ref reader))
            {
                if (reader.ValueTextEquals("path"u8))
                {
                    reader.Read();
                    path = JsonValue.Text(ref reader, strings);
                }
                else if (reader.ValueTextEquals("pathType"u8))
                {
                    reader.Read();
                    type = JsonValue.Text(ref reader, strings);
                }
                else if (reader.ValueTextEquals("backend"u8))
                {
                    reader.Read();
                    backend = ReadBackend(ref reader, strings);
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return new() { Path = path, PathType = type, Backend = backend };
    }

    private static IngressBackend? ReadBackend(ref Utf8JsonReader reader, StringPool strings)
    {
        if (!JsonValue.IsObject(ref reader))
        {
            return null;
        }

        IngressServiceBackend? service = null;
        TypedLocalObjectReference? resource = null;
        while (JsonValue.NextField(ref reader))
        {
            if (reader.ValueTextEquals("service"u8))
            {
                reader.Read();
                service = ReadService(ref reader, strings);
            }
            else if (reader.ValueTextEquals("resource"u8))
            {
                reader.Read();
                resource = ReadResource(ref reader, strings);
            }
            else
            {
                reader.Skip();
            }
        }

        return new() { Service = service, Resource = resource };
    }

    private static IngressServiceBackend? ReadService(ref Utf8JsonReader reader, StringPool strings)
    {
        if (!JsonValue.IsObject(ref reader))
        {
            return null;
        }

        string? name = null;
        ServiceBackendPort? port = null;
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
                port = ReadPort(ref reader, strings);
            }
            else
            {
                reader.Skip();
            }
        }

        return new() { Name = name, Port = port };
    }

    private static ServiceBackendPort? ReadPort(ref Utf8JsonReader reader, StringPool strings)
    {
        if (!JsonValue.IsObject(ref reader))
        {
            return null;
        }

        string? name = null;
        int? number = null;
        while (JsonValue.NextField(ref reader))
        {
            if (reader.ValueTextEquals("name"u8))
            {
                reader.Read();
                name = JsonValue.Text(ref reader, strings);
            }
            else if (reader.ValueTextEquals("number"u8))
            {
                reader.Read();
                number = JsonValue.Number(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return new() { Name = name, Number = number };
    }

    private static TypedLocalObjectReference? ReadResource(ref Utf8JsonReader reader, StringPool strings)
    {
        if (!JsonValue.IsObject(ref reader))
        {
            return null;
        }

        string? group = null, kind = null, name = null;
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
            else
            {
                reader.Skip();
            }
        }

        return new() { ApiGroup = group, Kind = kind, Name = name };
    }

    private static IngressTls ReadTls(ref Utf8JsonReader reader, StringPool strings)
    {
        IReadOnlyList<string> hosts = [];
        string? secret = null;
        if (JsonValue.IsObject(ref reader))
        {
            while (JsonValue.NextField(ref reader))
            {
                if (reader.ValueTextEquals("hosts"u8))
                {
                    reader.Read();
                    hosts = JsonValue.Texts(ref reader, strings);
                }
                else if (reader.ValueTextEquals("secretName"u8))
                {
                    reader.Read();
                    secret = JsonValue.Text(ref reader, strings);
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return new() { Hosts = hosts, SecretName = secret };
    }

    private sealed class Spec
    {
        public string? ClassName { get; set; }

        public IngressBackend? DefaultBackend { get; set; }

        public IReadOnlyList<IngressRule> Rules { get; set; } = [];

        public IReadOnlyList<IngressTls> Tls { get; set; } = [];
    }
}

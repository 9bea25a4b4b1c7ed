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
                if (JsonValue.IsField(ref reader, "metadata"u8))
                {
                    metadata = MetadataReader.Read(ref reader, strings);
                }
                else if (JsonValue.IsField(ref reader, "spec"u8))
                {
                    spec = ReadSpec(ref reader, strings);
                }
                else if (JsonValue.IsField(ref reader, "status"u8))
                {
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
                if (JsonValue.IsField(ref reader, "ingressClassName"u8))
                {
                    spec.ClassName = JsonValue.Text(ref reader, strings);
                }
                else if (JsonValue.IsField(ref reader, "defaultBackend"u8))
                {
                    spec.DefaultBackend = ReadBackend(ref reader, strings);
                }
                else if (JsonValue.IsField(ref reader, "rules"u8))
                {
                    spec.Rules = JsonValue.List<IngressRule>(ref reader, strings, ReadRule);
                }
                else if (JsonValue.IsField(ref reader, "tls"u8))
                {
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
                if (JsonValue.IsField(ref reader, "host"u8))
                {
                    host = JsonValue.Text(ref reader, strings);
                }
                else if (JsonValue.IsField(ref reader, "http"u8))
                {
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
            if (JsonValue.IsField(ref reader, "paths"u8))
            {
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
                if (JsonValue.IsField(ref reader, "path"u8))
                {
                    path = JsonValue.Text(ref reader, strings);
                }
                else if (JsonValue.IsField(ref reader, "pathType"u8))
                {
                    type = JsonValue.Text(ref reader, strings);
                }
                else if (JsonValue.IsField(ref reader, "backend"u8))
                {
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
            if (JsonValue.IsField(ref reader, "service"u8))
            {
                service = ReadService(ref reader, strings);
            }
            else if (JsonValue.IsField(ref reader, "resource"u8))
            {
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
            if (JsonValue.IsField(ref reader, "name"u8))
            {
                name = JsonValue.Text(ref reader, strings);
            }
            else if (JsonValue.IsField(ref reader, "port"u8))
            {
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
            if (JsonValue.IsField(ref reader, "name"u8))
            {
                name = JsonValue.Text(ref reader, strings);
            }
            else if (JsonValue.IsField(ref reader, "number"u8))
            {
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
                if (JsonValue.IsField(ref reader, "hosts"u8))
                {
                    hosts = JsonValue.Texts(ref reader, strings);
                }
                else if (JsonValue.IsField(ref reader, "secretName"u8))
                {
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

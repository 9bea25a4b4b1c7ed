using System.Text.Json;
using Ingress.Routing.Kubernetes.Reading;
using Ingress.Routing.Model;

namespace Ingress.Routing.Kubernetes.Watching;

/// <summary>One kind of object that is listed and watched, on a fixed path (K17).</summary>
internal sealed class WatchedKind
{
    public static readonly WatchedKind Ingress = new("Ingress", "networking.k8s.io", "ingresses", static (ref Utf8JsonReader r, StringPool s) => IngressReader.Read(ref r, s));

    public static readonly WatchedKind IngressClass = new(
        "IngressClass", "networking.k8s.io", "ingressclasses", static (ref Utf8JsonReader r, StringPool s) => IngressClassReader.Read(ref r, s))
    { IsClusterScoped = true };

    public static readonly WatchedKind Service = new("Service", "", "services", static (ref Utf8JsonReader r, StringPool s) => ServiceReader.Read(ref r, s));

    public static readonly WatchedKind EndpointSlice = new(
        "EndpointSlice", "discovery.k8s.io", "endpointslices", static (ref Utf8JsonReader r, StringPool s) => EndpointSliceReader.Read(ref r, s));

    public static readonly WatchedKind Secret = new("Secret", "", "secrets", static (ref Utf8JsonReader r, StringPool s) => DataReader.ReadSecret(ref r, s));

    public static readonly WatchedKind ConfigMap = new("ConfigMap", "", "configmaps", static (ref Utf8JsonReader r, StringPool s) => DataReader.ReadConfigMap(ref r, s));

    public static readonly WatchedKind Namespace = new(
        "Namespace", "", "namespaces", static (ref Utf8JsonReader r, StringPool s) => DataReader.ReadNamespace(ref r, s))
    { IsClusterScoped = true };

    private readonly Reader _read;

    private WatchedKind(string name, string group, string plural, Reader read)
    {
        Name = name;
        Group = group;
        Plural = plural;
        _read = read;
    }

    private delegate KubernetesResource Reader(ref Utf8JsonReader reader, StringPool strings);

    /// <summary>Such as <c>EndpointSlice</c>.</summary>
    public string Name { get; }

    /// <summary>The API group; empty for the core group.</summary>
    public string Group { get; }

    /// <summary>The resource, such as <c>endpointslices</c>.</summary>
    public string Plural { get; }

    public bool IsClusterScoped { get; private init; }

    /// <summary>Where the API server has it.</summary>
    /// <param name="ns">One namespace; null for all.</param>
    public string PathIn(string? ns)
    {
        var root = Group.Length == 0 ? "api/v1" : $"apis/{Group}/v1";
        return ns is null || IsClusterScoped ? $"{root}/{Plural}" : $"{root}/namespaces/{Uri.EscapeDataString(ns)}/{Plural}";
    }

    /// <summary>Reads one object.</summary>
    /// <exception cref="JsonException">A field has another type than the API gives it, or there is no name.</exception>
    public KubernetesResource Read(ReadOnlySpan<byte> json, StringPool strings)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        var resource = _read(ref reader, strings);
        return resource.Metadata.Name is { Length: > 0 } ? resource : throw new JsonException("An object has no name.");
    }

    /// <summary>Reads the version of an object, and nothing else of it.</summary>
    public static string? VersionOf(ReadOnlySpan<byte> json, StringPool strings)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (JsonValue.NextField(ref reader))
        {
            if (JsonValue.IsField(ref reader, "metadata"u8))
            {
                return MetadataReader.Read(ref reader, strings, keepsAnnotations: false).ResourceVersion;
            }

            reader.Skip();
        }

        return null;
    }

    /// <inheritdoc />
    public override string ToString() => Name;
}

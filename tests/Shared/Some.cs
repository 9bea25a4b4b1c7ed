using Ingress.Routing.Model;

namespace Ingress.Routing.Tests.Shared;

/// <summary>Arbitrary values: a test states only what it is about, and this invents the rest.</summary>
internal static class Some
{
    /// <summary>An Ingress, valid unless the arguments say otherwise.</summary>
    /// <param name="name"><c>name</c> or <c>namespace/name</c>.</param>
    /// <param name="ageSeconds">Seconds after an arbitrary point in time: smaller is older.</param>
    public static IngressResource Ingress(
        string name,
        IEnumerable<IngressRule>? rules = null,
        IngressBackend? defaultBackend = null,
        IEnumerable<IngressTls>? tls = null,
        string? className = null,
        int ageSeconds = 0,
        IReadOnlyDictionary<string, string>? annotations = null)
        => new()
        {
            Metadata = Metadata(name) with
            {
                CreationTimestamp = DateTimeOffset.UnixEpoch.AddYears(50).AddSeconds(ageSeconds),
                Annotations = annotations ?? new Dictionary<string, string>(),
            },
            IngressClassName = className,
            Rules = [.. rules ?? []],
            DefaultBackend = defaultBackend,
            Tls = [.. tls ?? []],
        };

    /// <summary>A rule with a host (null: all hosts) and its paths.</summary>
    public static IngressRule Rule(string? host, params IngressPath[] paths) => new() { Host = host, Paths = paths };

    public static IngressPath Prefix(string path, string service = "web", int port = 80) => Path(PathTypes.Prefix, path, service, port);

    public static IngressPath Exact(string path, string service = "web", int port = 80) => Path(PathTypes.Exact, path, service, port);

    public static IngressPath ImplementationSpecific(string? path, string service = "web", int port = 80)
        => Path(PathTypes.ImplementationSpecific, path, service, port);

    public static IngressPath Path(string type, string? path, string service = "web", int port = 80)
        => new() { PathType = type, Path = path, Backend = IngressBackend.ForService(service, port) };

    public static ObjectMetadata Metadata(string name)
        => name.Split('/') is [var @namespace, var rest]
            ? new() { Namespace = @namespace, Name = rest }
            : new() { Name = name };

    /// <summary>A snapshot of Ingresses alone.</summary>
    public static ClusterSnapshot Snapshot(params IngressResource[] ingresses) => new() { Ingresses = ingresses };

    /// <summary>A Service with one port, and a ready endpoint behind it.</summary>
    public static ServiceResource Service(string name, int port = 80, string? portName = null, string? appProtocol = null)
        => new() { Metadata = Metadata(name), Ports = [new() { Name = portName, Port = port, AppProtocol = appProtocol }] };

    /// <summary>A slice of a Service; the addresses are ready.</summary>
    public static EndpointSliceResource Slice(string serviceName, int port, params string[] addresses)
    {
        var metadata = Metadata(serviceName);
        return new()
        {
            Metadata = metadata with
            {
                Name = metadata.Name + "-slice",
                Labels = new Dictionary<string, string> { [EndpointSliceResource.ServiceNameLabel] = metadata.Name! },
            },
            AddressType = "IPv4",
            Endpoints = [.. addresses.Select(address => new EndpointSliceEndpoint { Addresses = [address] })],
            Ports = [new() { Port = port }],
        };
    }

    /// <summary>An IngressClass.</summary>
    public static IngressClassResource Class(string name, string? controller = "example.com/ingress", bool isDefault = false)
        => new()
        {
            Metadata = Metadata(name) with
            {
                Annotations = isDefault ? new Dictionary<string, string> { [IngressClassResource.DefaultAnnotation] = "true" } : [],
            },
            Controller = controller,
        };

    /// <summary>The legacy class annotation.</summary>
    public static Dictionary<string, string> ClassAnnotation(string className) => new() { ["kubernetes.io/ingress.class"] = className };

    /// <summary>A default backend, or the backend of a path.</summary>
    public static IngressBackend Backend(string service, int port = 80) => IngressBackend.ForService(service, port);

    /// <summary>A backend that is not a Service.</summary>
    public static IngressBackend Resource(string kind, string name, string? apiGroup = null)
        => new() { Resource = new() { ApiGroup = apiGroup, Kind = kind, Name = name } };

    /// <summary>A TLS entry.</summary>
    public static IngressTls Tls(string? secretName, params string[] hosts) => new() { SecretName = secretName, Hosts = hosts };
}

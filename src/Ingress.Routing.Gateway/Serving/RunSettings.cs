using System.Net;
using Ingress.Routing.Gateway.CommandLine;
using Ingress.Routing.Kubernetes;
using Ingress.Routing.Nginx;

namespace Ingress.Routing.Gateway.Serving;

/// <summary>What <c>run</c> was told to do.</summary>
internal sealed record RunSettings
{
    public required IReadOnlyList<string> Manifests { get; init; }

    /// <summary>The cluster to serve; null for none.</summary>
    public KubernetesOptions? Kubernetes { get; init; }

    /// <summary>Whether endpoints may be on this machine.</summary>
    public bool AllowsLoopback { get; init; } = true;

    /// <summary>Whether Services of type ExternalName are served.</summary>
    public bool AllowsExternalName { get; init; }

    public IReadOnlyList<ListenAddress> Http { get; init; } = [];

    public IReadOnlyList<ListenAddress> Https { get; init; } = [];

    public IReadOnlyList<ListenAddress> Admin { get; init; } = [];

    public string? ControllerName { get; init; }

    public ServiceReference? DefaultBackend { get; init; }

    public NamespacedName? DefaultCertificate { get; init; }

    /// <summary>The settings of ingress-nginx, whose annotations are understood; null when they are not.</summary>
    public NginxOptions? Nginx { get; init; }

    /// <summary>The folder of the development CA; null when there are no development certificates.</summary>
    public string? DevCertificatesFolder { get; init; }

    /// <summary>How certificates come by ACME; null when they do not.</summary>
    public AcmeSettings? Acme { get; init; }

    /// <summary>How TLS is spoken, unless an Ingress wants it stricter.</summary>
    public TlsSettings Tls { get; init; } = TlsSettings.None;

    /// <summary>Whether the host of a request has to be the server name of its connection.</summary>
    public bool MatchServerName { get; init; }

    /// <summary>The networks of proxies whose word about the client is taken.</summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>Headers that are let through although only a proxy may send them.</summary>
    public IReadOnlyList<string> PassedHeaders { get; init; } = [];

    /// <summary>Whether HTTP/3 was asked for.</summary>
    public bool Http3 { get; init; }

    public IReadOnlyList<BackendAddress> Backends { get; init; } = [];

    public IReadOnlyList<ResourceFolder> Resources { get; init; } = [];

    /// <summary>What may be open at once.</summary>
    public RunLimits Limits { get; init; } = new();

    /// <summary>What happens with backends that are slow or fail.</summary>
    public RunBackends BackendFailures { get; init; } = new();

    public bool Echo { get; init; }

    /// <summary>How long the start waits for the first table; null for the default.</summary>
    public TimeSpan? StartupTimeout { get; init; }

    /// <summary>What the path <c>-</c> stands for.</summary>
    public TextReader StandardInput { get; init; } = TextReader.Null;

    public bool Verbose { get; init; }

    /// <summary>What is told about requests, and where.</summary>
    public ObservabilitySettings Observability { get; init; } = new();

    /// <summary>How long new connections are still taken after a signal.</summary>
    public TimeSpan ShutdownDelay { get; init; }

    /// <summary>How long requests in flight may go on after that.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether an end point is one of <see cref="Admin"/>: this very object, for several may have port 0.</summary>
    public bool IsAdmin(EndPoint endPoint) => Admin.Any(address => address.EndPoints.Any(admin => ReferenceEquals(admin, endPoint)));
}

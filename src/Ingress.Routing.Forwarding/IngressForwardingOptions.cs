using Ingress.Routing.Policies;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.LoadBalancing;

namespace Ingress.Routing.Forwarding;

/// <summary>Settings for forwarding requests; validated when the host starts, and read once but for <see cref="MaxRequestsPerService"/>.</summary>
public sealed class IngressForwardingOptions
{
    /// <summary>The configuration section these settings bind to by convention.</summary>
    public const string SectionName = "IngressRouting:Forwarding";

    /// <summary>The name of a load balancing policy that YARP knows. The default is <c>PowerOfTwoChoices</c>.</summary>
    public string LoadBalancingPolicy { get; set; } = LoadBalancingPolicies.PowerOfTwoChoices;

    /// <summary>
    /// How long nothing may arrive or leave before a request is given up: with 504 while no response has begun, by breaking the response
    /// off afterwards. It holds for upgraded connections such as WebSockets too. The default is 100 seconds, the maximum one day.
    /// </summary>
    public TimeSpan ActivityTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>
    /// How long connecting to a destination may take before the answer is 504. The default is 5 seconds, the maximum one minute.
    /// </summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether a request is sent once more where that is safe, without an annotation. The default is true.
    /// </summary>
    /// <remarks>
    /// It is safe for any request that reached no endpoint, and for one without a body whose method is GET, HEAD, OPTIONS, PUT or DELETE when the
    /// connection ended before a byte of the answer. Another endpoint is tried; the same one, over a new connection, where there is no other and the one
    /// that ended had been kept open. Three attempts within 10 seconds are made at most. The annotation <c>retry-on</c> goes before this.
    /// </remarks>
    public bool Retries { get; set; } = true;

    /// <summary>
    /// How long a request may take in all, with all attempts, both bodies and the time that the client takes. Null, the default, sets no limit: a download
    /// may take hours. Upgraded connections may go on for longer. The annotation <c>backend-total-timeout</c> goes before this.
    /// </summary>
    public TimeSpan? RequestTimeout { get; set; }

    /// <summary>
    /// When an endpoint gets no requests for a while because of those that failed; null never. Annotations go before this, and so does a health check
    /// that <see cref="ConfigureCluster"/> asks for.
    /// </summary>
    public EndpointHealth? Health { get; set; } = new();

    /// <summary>How long the requests are gathered by which the endpoints of a Service are compared.</summary>
    internal TimeSpan HealthWindow { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How many HTTP/1.1 connections may be open to one destination, further requests waiting for one; null, the default, sets no limit.
    /// </summary>
    public int? MaxConnectionsPerDestination { get; set; }

    /// <summary>
    /// The largest request body that is forwarded, in bytes; a larger one is answered with 413. Null, the default, sets no limit, not even
    /// Kestrel's 30 MB: bodies are streamed, never kept, and the backend decides what it takes.
    /// </summary>
    public long? MaxRequestBodySize { get; set; }

    /// <summary>
    /// How many requests for one Service port may be in flight; further ones are answered with 503. Null, the default, takes three quarters
    /// of the connections to backends that <c>UseIngressConnectionLimits</c> allows, at least 32, and sets no limit without it.
    /// A change is in force at once.
    /// </summary>
    public int? MaxRequestsPerService { get; set; }

    /// <summary>
    /// How many gateways of this kind a request may have passed through, the same one counted each time; the next answers 508. A Service
    /// that points back at its gateway is noticed that way. The default is 8, the maximum 100.
    /// </summary>
    public int MaxHops { get; set; } = 8;

    /// <summary>Changes how connections to destinations are made, for instance which certificates are accepted.</summary>
    /// <remarks>
    /// Called once, for the one handler that all Services share. Certificates of <c>https</c> destinations are verified against the
    /// operating system's roots and the <c>Host</c> of the request, unless this says otherwise.
    /// </remarks>
    public Action<SocketsHttpHandler>? ConfigureHandler { get; set; }

    /// <summary>
    /// Changes how the destinations of a Service port are chosen and watched: session affinity, health checks, load balancing.
    /// </summary>
    /// <remarks>
    /// Takes the configuration made from the other options and returns the one to use; its identity and its destinations are not open to
    /// change. Must be thread-safe. A configuration that YARP finds invalid is an exception, and a 500 for the requests that meet it.
    /// </remarks>
    public Func<ServiceReference, ClusterConfig, ClusterConfig>? ConfigureCluster { get; set; }
}

using Ingress.Routing.Annotations;

namespace Ingress.Routing.Hosting;

/// <summary>Settings for building and reloading the route table.</summary>
public sealed class IngressRoutingOptions
{
    /// <summary>The configuration section these settings bind to by convention.</summary>
    public const string SectionName = "IngressRouting";

    /// <summary>The <c>spec.controller</c> of the IngressClasses to serve; null serves every Ingress (D1, D3).</summary>
    public string? ControllerName { get; set; }

    /// <summary>Takes the requests that nothing else does, as <c>namespace/name:port</c>; null answers them with 404 (D14, step 5).</summary>
    public string? DefaultBackend { get; set; }

    /// <summary>The Secret with the certificate for names that no other covers, as <c>namespace/name</c>; null refuses their handshakes (D17).</summary>
    public string? DefaultCertificate { get; set; }

    /// <summary>Whether several namespaces may share a host (D21).</summary>
    public HostSharing HostSharing { get; set; }

    /// <summary>Whether a path with an encoded <c>/</c> or <c>\</c> is answered with 400 (semantics 8.7).</summary>
    public bool RejectEncodedSeparators { get; set; }

    /// <summary>Whether runs of slashes are kept instead of merged (semantics 8.7).</summary>
    public bool KeepSlashes { get; set; }

    /// <summary>Whether EndpointSlices may name loopback addresses, which the API server refuses.</summary>
    public bool AllowLoopbackDestinations { get; set; }

    /// <summary>The kinds of resource backends that are served; <c>AddResourceBackend</c> adds to it.</summary>
    public ISet<ResourceKind> ResourceKinds { get; } = new HashSet<ResourceKind>();

    /// <summary>
    /// How TLS is spoken, unless something more specific says otherwise. Annotations cannot loosen it where it is about client certificates,
    /// versions and cipher suites (D23).
    /// </summary>
    public TlsSettings Tls { get; set; } = TlsSettings.None;

    /// <summary>
    /// How TLS is spoken for some hosts: names, and wildcards such as <c>*.example.com</c>, which stand for every name below that is not listed
    /// itself. What they leave open is taken from the wildcards above and from <see cref="Tls"/>; annotations do not count for these hosts (D23).
    /// </summary>
    public IDictionary<string, TlsSettings> HostTls { get; } = new Dictionary<string, TlsSettings>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a request over TLS is answered with 421 unless its host is the server name of its connection (D18).</summary>
    public bool RequireMatchingServerName { get; set; }

    /// <summary>
    /// Whether each response says in <c>x-ingress-generation</c> by which route table its request was matched
    /// (<see cref="RouteTableGeneration.Number"/>). The default is no: it tells clients how often something changes.
    /// </summary>
    public bool SendGeneration { get; set; }

    /// <summary>
    /// How many routes are told apart in measurements, each with each Service port that gets its requests; the rest is measured as <c>other</c>. Those that
    /// are gone count too, because collectors keep them. The default is 1,000, the maximum 100,000; 0 measures all as <c>other</c>.
    /// </summary>
    public int MaxMeasuredRoutes { get; set; } = 1000;

    /// <summary>The port that redirects to https lead to. The default is 443.</summary>
    public int HttpsPort { get; set; } = 443;

    /// <summary>
    /// The networks (<c>10.0.0.0/8</c>, <c>2001:db8::/32</c>) and addresses of proxies that are believed: <c>X-Forwarded-For</c> and
    /// <c>X-Forwarded-Proto</c> decide about the address of the client and the scheme, and the other headers that only a proxy may send are let
    /// through. From everybody else these headers are removed. Empty by default. List no proxy that passes on what its own clients claim.
    /// </summary>
    public IList<string> TrustedProxies { get; } = [];

    /// <summary>
    /// Names of headers that are let through as they are, from everybody, although only a proxy may send them or although they are unusual
    /// spellings of such a header: <c>X-Forwarded-Prefix</c> or <c>X_Real_IP</c> for instance. Empty by default.
    /// </summary>
    public ISet<string> PassedHeaders { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The prefix of our own annotations, without the slash (D20). The default is <c>ingress.routing</c>.</summary>
    public string AnnotationPrefix { get; set; } = RouteTableOptions.Default.AnnotationPrefix;

    /// <summary>Further sets of annotations that are understood, besides our own; <c>AddAnnotationDialect</c> adds to it.</summary>
    public IList<AnnotationDialect> AnnotationDialects { get; } = [];

    /// <summary>
    /// Whether a regular expression that needs backtracking closes the routes that use it, instead of being matched under a time limit. The
    /// default is no.
    /// </summary>
    public bool RejectBacktrackingPatterns { get; set; }

    /// <summary>
    /// What the application lets answer for Services without ready endpoints and for hosts without a certificate, so that diagnostics say so. The
    /// default is nothing.
    /// </summary>
    public StandIns StandIns { get; set; } = StandIns.None;

    /// <summary>
    /// The shortest time between one route table and the next. The default is 10 milliseconds, the maximum one minute. A change after a quiet
    /// time is put in force at once; those that follow on its heels are put in force together. A table that took long is followed by four
    /// times as long, at most 100 milliseconds, unless this is zero.
    /// </summary>
    public TimeSpan ReloadDelay { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// How long the start of the host waits for the first route table. The default is 30 seconds, the maximum one hour; zero does not wait.
    /// After that the host starts without one, and requests are answered with 503 and <c>Retry-After</c> until every source has yielded.
    /// </summary>
    public TimeSpan StartupTimeout { get; set; } = TimeSpan.FromSeconds(30);
}

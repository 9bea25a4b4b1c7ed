using System.Collections.Immutable;
using Ingress.Routing.Annotations;

namespace Ingress.Routing;

/// <summary>Settings that decide what a table is compiled to. Immutable.</summary>
public sealed record RouteTableOptions
{
    private readonly AnnotationDialect _own = OwnAnnotations.Default;

    /// <summary>The defaults.</summary>
    public static RouteTableOptions Default { get; } = new();

    /// <summary>The <c>spec.controller</c> of the IngressClasses to serve; null serves every Ingress, whatever its class (D1, D3).</summary>
    public string? ControllerName { get; init; }

    /// <summary>Takes the requests that nothing else does, the last resort before 404 (D14, step 5).</summary>
    public ServiceReference? DefaultBackend { get; init; }

    /// <summary>The Secret with the certificate for names that no other covers; null refuses their handshakes (D17, step 4).</summary>
    public NamespacedName? DefaultCertificate { get; init; }

    /// <summary>Whether a path with an encoded <c>/</c> or <c>\</c> is answered with 400 (semantics 8.7). The default is no.</summary>
    public bool RejectEncodedSeparators { get; init; }

    /// <summary>Whether runs of slashes are kept instead of merged (semantics 8.7). The default is no.</summary>
    public bool KeepSlashes { get; init; }

    /// <summary>Whether several namespaces may share a host (D21).</summary>
    public HostSharing HostSharing { get; init; }

    /// <summary>Whether EndpointSlices may name loopback addresses, which the API server refuses. The default is no.</summary>
    public bool AllowLoopbackDestinations { get; init; }

    /// <summary>The kinds of resource backends that the host application serves; any other kind is answered with 503 and reported.</summary>
    public ImmutableHashSet<ResourceKind> ResourceKinds { get; init; } = [];

    /// <summary>
    /// How TLS is spoken, unless something more specific says otherwise. Annotations cannot loosen it where it is about client certificates,
    /// versions and cipher suites (D23).
    /// </summary>
    public TlsSettings Tls { get; init; } = TlsSettings.None;

    /// <summary>
    /// How TLS is spoken for some hosts: lower-case names, and wildcards such as <c>*.example.com</c>, which stand for every name below, of
    /// however many labels, that is not listed itself. What they leave open is taken from the wildcards above and from <see cref="Tls"/>;
    /// annotations do not count for these hosts (D23).
    /// </summary>
    public ImmutableDictionary<string, TlsSettings> HostTls { get; init; } = ImmutableDictionary<string, TlsSettings>.Empty;

    /// <summary>Whether a request over TLS is answered with 421 unless its host is the server name of its connection (D18). The default is no.</summary>
    public bool RequireMatchingServerName { get; init; }

    /// <summary>The port that redirects to https lead to. The default is 443.</summary>
    public int HttpsPort { get; init; } = 443;

    /// <summary>The prefix of our own annotations, without the slash (D20). Not empty.</summary>
    public string AnnotationPrefix
    {
        get => _own.Prefix;
        init => _own = OwnAnnotations.Under(value);
    }

    /// <summary>Further sets of annotations that are understood, besides our own. Where several ask for the same policy, the first decides.</summary>
    public ImmutableArray<AnnotationDialect> AnnotationDialects { get; init; } = [];

    /// <summary>
    /// Whether a regular expression that needs backtracking closes the routes that use it, instead of being matched under a time limit. The
    /// default is no.
    /// </summary>
    public bool RejectBacktrackingPatterns { get; init; }

    /// <summary>What answers where the objects of the cluster lead nowhere, for diagnostics. The default is nothing.</summary>
    public StandIns StandIns { get; init; } = StandIns.None;

    /// <summary>The time at which certificates are evaluated; null leaves that open, so that a table depends on no clock.</summary>
    public DateTimeOffset? CertificatesEvaluatedAt { get; init; }

    /// <summary>What the dialects say about TLS for all hosts; what code and annotations say goes before.</summary>
    internal TlsSettings DialectTls => AnnotationDialects.Aggregate(TlsSettings.None, static (settings, dialect) => settings.Or(dialect.Tls));

    /// <summary>All dialects, our own first.</summary>
    public IEnumerable<AnnotationDialect> Dialects => AnnotationDialects.Prepend(_own);
}

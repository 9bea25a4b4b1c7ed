using System.Runtime.CompilerServices;
using Ingress.Routing.Compilation;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Matching;
using Ingress.Routing.Model;
using Ingress.Routing.Tls;

namespace Ingress.Routing;

/// <summary>Any number of Ingresses compiled into one immutable matcher.</summary>
/// <remarks>
/// A pure function of the set of resources: no order of input, clock, culture or hash seed changes the result (semantics 5.9).
/// Thread-safe; nothing in it ever changes, and reading takes no lock.
/// </remarks>
public sealed partial class IngressRouteTable
{
    private readonly CompiledRoutes _compiled;
    private readonly RouteTableChanges? _changes;

    // Tells whether a table was made from another without keeping that one.
    private readonly object _identity = new();
    private readonly object? _origin;

    private ClusterSnapshot? _snapshot;
    private IReadOnlyList<IngressDiagnostic>? _diagnostics;

    private IngressRouteTable(
        CompiledRoutes compiled, RouteTableOptions options, ClusterSnapshot? snapshot = null, object? origin = null, RouteTableChanges? changes = null)
    {
        _compiled = compiled;
        Options = options;
        _snapshot = snapshot;
        _origin = origin;
        _changes = changes;
    }

    /// <summary>A table without routes.</summary>
    public static IngressRouteTable Empty { get; } = new(CompiledRoutes.Empty, RouteTableOptions.Default, ClusterSnapshot.Empty);

    /// <summary>What the table was compiled from. Put together at the first call when the table was made by <see cref="Apply"/>.</summary>
    public ClusterSnapshot Snapshot
        => Volatile.Read(ref _snapshot) ?? Interlocked.CompareExchange(ref _snapshot, _compiled.Objects.ToSnapshot(), null) ?? _snapshot;

    /// <summary>How many Ingresses <see cref="Snapshot"/> has, known without putting it together.</summary>
    public int IngressCount => _compiled.Objects.Ingresses.GivenCount;

    /// <summary>What the sources reported: the beginning of <see cref="Diagnostics"/>. The same instance until a source reports something else.</summary>
    public IReadOnlyList<IngressDiagnostic> SourceDiagnostics => _compiled.Objects.SourceDiagnostics;

    /// <summary>
    /// The certificates of the <c>tls</c> sections of served Ingresses, and the default one, each once, in no order. Put together at each call, which costs more than
    /// a change does.
    /// </summary>
    public IReadOnlyCollection<TlsCertificate> ServedCertificates => new HashSet<TlsCertificate>(_compiled.Certificates.Claimed, ReferenceEqualityComparer.Instance);

    /// <summary>What it was compiled with.</summary>
    public RouteTableOptions Options { get; }

    /// <summary>
    /// All routes that can be chosen, most specific first: the paths of exact hosts, of wildcard hosts, then of the host-less rules, hosts by
    /// name and paths by precedence (D6); then the default backends, each once. Put together at the first call.
    /// </summary>
    public IReadOnlyList<IngressRoute> Routes => _compiled.Routes.Value;

    /// <summary>
    /// Everything worth reporting: what the sources reported, then what compiling did, by object. Put together at the first call, which costs
    /// more than a change does; <see cref="DiagnosticsOf"/> answers for some objects.
    /// </summary>
    public IReadOnlyList<IngressDiagnostic> Diagnostics
        => Volatile.Read(ref _diagnostics)
            ?? Interlocked.CompareExchange(ref _diagnostics, new DiagnosticReport(_compiled, Options).All(), null)
            ?? _diagnostics;

    /// <summary>The objects by name: which one counts when several have one name is decided there and nowhere else.</summary>
    internal ClusterObjects Objects => _compiled.Objects;

    /// <summary>The Ingress of a name, whether it is served or not; null when there is none.</summary>
    internal IngressResource? FindIngress(NamespacedName name) => _compiled.Objects.Ingresses.Find(name);

    /// <summary>The buckets of the named hosts.</summary>
    internal HostTable<HostBucket> Named => _compiled.Matcher.Named;

    /// <summary>The hosts that annotations add and that are served, each with the host whose paths it has; null for one that only redirects.</summary>
    internal IEnumerable<(string Name, string? Target)> AddedHosts => _compiled.ServedAdditions;

    /// <summary>What the annotations of each served Ingress ask for.</summary>
    internal PolicyDirectory Policies => _compiled.Policies;

    /// <summary>Whether more decides about some requests than host and path as text: conditions, or regular expressions.</summary>
    internal bool HasChoices => _compiled.Matcher.HasChoices;

    /// <summary>The certificates by host.</summary>
    internal CertificateSelector Certificates => _compiled.Certificates.Selector;

    /// <summary>Compiles resources into a table.</summary>
    /// <param name="snapshot">The resources, right or wrong. Invalid ones are left out and reported (D4). No list may hold null.</param>
    /// <param name="options">The settings; null for the defaults.</param>
    /// <returns>The table. Whatever is wrong with the resources is in <see cref="Diagnostics"/>; content never throws.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="snapshot"/> is null.</exception>
    public static IngressRouteTable Compile(ClusterSnapshot snapshot, RouteTableOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        options ??= RouteTableOptions.Default;
        return new(RouteTableCompiler.Compile(snapshot, options), options, snapshot);
    }

    /// <summary>Compiles the table that a change leads to. Everything that the change does not touch is shared with this table.</summary>
    /// <param name="change">What is different from <see cref="Snapshot"/>. No list may hold null.</param>
    /// <param name="certificatesEvaluatedAt">Replaces <see cref="RouteTableOptions.CertificatesEvaluatedAt"/>; null leaves it alone.</param>
    /// <returns>
    /// The table that <see cref="Compile"/> makes of <see cref="ClusterSnapshot.Apply"/>, in time that grows with the change and the hosts that
    /// it touches, not with the table. A changed IngressClass compiles everything anew. This table stays as it is.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="change"/> is null.</exception>
    public IngressRouteTable Apply(ClusterChange change, DateTimeOffset? certificatesEvaluatedAt = null)
    {
        ArgumentNullException.ThrowIfNull(change);

        var options = certificatesEvaluatedAt is null ? Options : Options with { CertificatesEvaluatedAt = certificatesEvaluatedAt };
        var compiled = RouteTableCompiler.Apply(_compiled, change, options, out var changes);
        return new(compiled, options, origin: _identity, changes: certificatesEvaluatedAt < Options.CertificatesEvaluatedAt ? null : changes);
    }

    /// <summary>Lets the Secrets of a change follow those of this table (semantics 11.9).</summary>
    /// <param name="change">A change that is going to be applied to this table.</param>
    /// <returns>
    /// The change, in which a Secret that gives no certificate any more, or no authorities, has the version that did as its
    /// <see cref="SecretResource.LastGood"/>, and one with the same certificate and key keeps the instance of <see cref="TlsCertificate"/>. The same
    /// instance when it is not about such Secrets.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="change"/> is null.</exception>
    /// <remarks>
    /// A step of its own, because a table is compiled from objects alone, and what was there before becomes part of them here. Reads the
    /// Secrets that it is about.
    /// </remarks>
    public ClusterChange KeepLastGood(ClusterChange change)
    {
        ArgumentNullException.ThrowIfNull(change);

        KubernetesResource[]? upserted = null;
        for (var i = 0; i < change.Upserted.Count; i++)
        {
            if (change.Upserted[i] is SecretResource secret
                && _compiled.Objects.Secrets.Find(secret.Name) is { } earlier
                && secret.Following(earlier) is var next
                && !ReferenceEquals(next, secret))
            {
                (upserted ??= [.. change.Upserted])[i] = next;
            }
        }

        return upserted is null ? change : change with { Upserted = upserted };
    }

    /// <summary>What may differ between this table and an earlier one.</summary>
    /// <param name="earlier">The table that this one was made from by <see cref="Apply"/>.</param>
    /// <returns>The changes; null when the tables are not related in this way, and everything may differ.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="earlier"/> is null.</exception>
    public RouteTableChanges? ChangesSince(IngressRouteTable earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        return ReferenceEquals(earlier, this) ? RouteTableChanges.None : ReferenceEquals(earlier._identity, _origin) ? _changes : null;
    }

    /// <summary>What compiling reports about some objects; without what the sources report.</summary>
    /// <param name="resources">The objects; they need not exist.</param>
    /// <returns>
    /// The part of <see cref="Diagnostics"/> about them, in the same order. Takes time that grows with the hosts that the objects claim, each of
    /// which is looked at once: ask for many objects in one call.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="resources"/> is null.</exception>
    public IReadOnlyList<IngressDiagnostic> DiagnosticsOf(params IReadOnlyCollection<ResourceReference> resources)
    {
        ArgumentNullException.ThrowIfNull(resources);
        return new DiagnosticReport(_compiled, Options).Of(resources);
    }

    /// <summary>The routes of some Ingresses, and that of the configured default backend, which is of none.</summary>
    /// <param name="resources">The Ingresses; they need not exist, and objects of other kinds have no routes.</param>
    /// <returns>
    /// Those of <see cref="Routes"/>, each once and in no order. Takes time that grows with the hosts that the Ingresses claim, each of which is
    /// looked at once: ask for many Ingresses in one call.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="resources"/> is null.</exception>
    public IReadOnlyList<IngressRoute> RoutesOf(params IReadOnlyCollection<ResourceReference> resources)
    {
        ArgumentNullException.ThrowIfNull(resources);
        return _compiled.RoutesOf(resources
            .Where(static resource => resource.Kind == IngressResource.KindName)
            .Select(ObjectSet<IngressResource>.IdentityOf));
    }

    /// <summary>Whether a route may refer to a Service port.</summary>
    /// <param name="service">The Service port, as a route names it.</param>
    /// <returns>False when certainly none does; in time that grows with the Ingresses of its namespace.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="service"/> is null.</exception>
    public bool MayRefer(ServiceReference service)
    {
        ArgumentNullException.ThrowIfNull(service);
        return service == Options.DefaultBackend || _compiled.MayRefer(service);
    }

    /// <summary>Finds the route of a GET request without headers. Where no route has conditions, that is the route of every request.</summary>
    /// <param name="host">The <c>Host</c> header or <c>:authority</c> exactly as received; null or empty when there was none (D13).</param>
    /// <param name="target">The request target exactly as received (semantics 9.1): never a decoded path.</param>
    /// <returns>The outcome, with the canonical path.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="target"/> is null.</exception>
    /// <remarks>The one way in: it canonicalises both, so that no caller can match one thing and forward another (D8, D10, D11).</remarks>
    // Inlined, because the caller need not tell the garbage collector of the three references when it keeps them on its own stack.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public IngressMatch Match(string? host, string target)
    {
        ArgumentNullException.ThrowIfNull(target);
        var matcher = _compiled.Matcher;
        var route = matcher.Find(host, target, out var pathLength, out var isRule, out var scope);
        if (pathLength < 0 || matcher.HasChoices)
        {
            return MatchOther(host, target, (route, scope, pathLength, isRule), RouteRequest.Plain);
        }

        var status = isRule ? IngressMatchStatus.Rule : route is null ? IngressMatchStatus.NotFound : IngressMatchStatus.DefaultBackend;
        return new IngressMatch(status, route, scope, target.AsMemory(0, pathLength), target.AsMemory(pathLength));
    }

    /// <summary>Finds the route of a request that has a method and headers.</summary>
    /// <typeparam name="TRequest">The type of the request. A structure spares the allocation.</typeparam>
    /// <param name="host">As for <see cref="Match(string?, string)"/>.</param>
    /// <param name="target">As for <see cref="Match(string?, string)"/>.</param>
    /// <param name="request">What is known of the request besides. It is only asked where a route has conditions.</param>
    /// <returns>The outcome, with the canonical path.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="target"/> is null.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public IngressMatch Match<TRequest>(string? host, string target, TRequest request)
        where TRequest : IRouteRequest, allows ref struct
    {
        ArgumentNullException.ThrowIfNull(target);
        var matcher = _compiled.Matcher;
        var route = matcher.Find(host, target, out var pathLength, out var isRule, out var scope);
        if (pathLength < 0 || matcher.HasChoices)
        {
            return MatchOther(host, target, (route, scope, pathLength, isRule), request);
        }

        var status = isRule ? IngressMatchStatus.Rule : route is null ? IngressMatchStatus.NotFound : IngressMatchStatus.DefaultBackend;
        return new IngressMatch(status, route, scope, target.AsMemory(0, pathLength), target.AsMemory(pathLength));
    }

    /// <summary>
    /// All routes that can take requests with a host and target, in the order in which they are asked. The last one takes whatever the others
    /// do not; null when nothing does.
    /// </summary>
    internal IReadOnlyList<IngressRoute?> Candidates(string? host, string target)
    {
        var route = _compiled.Matcher.Find(host, target, out var pathLength, out var isRule, out var scope);
        var match = EntryOf(host, target, (route, scope, pathLength, isRule));
        return _compiled.Matcher.CandidatesOf(match.Route, match.Path.Span);
    }

    // What is not canonical, and everything in a table with conditions or regular expressions.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private IngressMatch MatchOther<TRequest>(
        string? host, string target, (IngressRoute? Route, HostScope? Host, int PathLength, bool IsRule) found, TRequest request)
        where TRequest : IRouteRequest, allows ref struct
        => _compiled.Matcher.Resolve(EntryOf(host, target, found), request);

    private IngressMatch EntryOf(string? host, string target, (IngressRoute? Route, HostScope? Host, int PathLength, bool IsRule) found)
    {
        if (found.PathLength < 0)
        {
            return _compiled.Matcher.MatchUnusual(host, target, Options);
        }

        var status = found.IsRule ? IngressMatchStatus.Rule : found.Route is null ? IngressMatchStatus.NotFound : IngressMatchStatus.DefaultBackend;
        return new IngressMatch(status, found.Route, found.Host, target.AsMemory(0, found.PathLength), target.AsMemory(found.PathLength));
    }

    /// <summary>Chooses the certificate for a server name (D17).</summary>
    /// <param name="serverName">The SNI as received, in A-label or Unicode form; null or empty when there was none.</param>
    /// <returns>The certificate; the default one when no other applies; null when there is none, and the handshake must be refused.</returns>
    public TlsCertificate? FindCertificate(string? serverName) => _compiled.Certificates.Selector.Find(serverName);

    /// <summary>Chooses the certificate for a server name and a client that does not verify every kind of keys (D24).</summary>
    /// <param name="serverName">As for <see cref="FindCertificate(string?)"/>.</param>
    /// <param name="offered">The kinds of keys that the client verifies, from its ClientHello.</param>
    /// <returns>
    /// The first certificate in the order of D17 that the client can verify; when there is none, what <see cref="FindCertificate(string?)"/>
    /// returns.
    /// </returns>
    public TlsCertificate? FindCertificate(string? serverName, CertificateKeyKinds offered)
        => _compiled.Certificates.Selector.Find(serverName, offered);

    /// <summary>
    /// Whether it may matter which kinds of keys a client verifies. While it is false, both forms of <see cref="FindCertificate(string?)"/>
    /// answer alike for every server name, so there is no need to look into a ClientHello.
    /// </summary>
    public bool HasSeveralKeyKinds => _compiled.Certificates.Selector.HasSeveralKeyKinds;

    /// <summary>What a TLS connection begins with: certificate, policy and canonical name of its server name (D17, D18).</summary>
    /// <param name="serverName">As for <see cref="FindCertificate(string?)"/>.</param>
    /// <param name="offered">The kinds of keys that the client verifies, from its ClientHello; null when they are not known (D24).</param>
    /// <returns>To be kept with the connection, and given to <see cref="TlsPolicyEvaluator"/> with each of its requests.</returns>
    public TlsHandshake BeginHandshake(string? serverName, CertificateKeyKinds? offered = null)
    {
        var isName = ServerName.TryRead(serverName, out var name);
        return new(
            isName ? name.Text.ToString().ToLowerInvariant() : null,
            _compiled.Matcher.PoliciesOf(name).Policies,
            offered is { } kinds ? FindCertificate(serverName, kinds) : FindCertificate(serverName));
    }

    /// <summary>How requests that a route takes are shared among Services.</summary>
    /// <param name="route">A route of this table.</param>
    /// <param name="request">The method and headers of the requests.</param>
    /// <returns>
    /// The Services, a canary first; the shares come to 1. A canary without a ready endpoint has none. Empty when a resource serves the route.
    /// </returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public IReadOnlyList<BackendShare> SharesOf(IngressRoute route, IRouteRequest request)
    {
        ArgumentNullException.ThrowIfNull(route);
        ArgumentNullException.ThrowIfNull(request);
        if (route.Split is not { } split)
        {
            return route.Service is { } only ? [new(only, 1, BackendReason.Only, IsCanary: false)] : [];
        }

        var isReady = split.Canary is { } canary && GetDestinations(canary.Service).Status == DestinationStatus.Ready;
        return (isReady ? split : split.With(null)).SharesOf(request);
    }

    /// <summary>Where the requests for a Service port can be sent.</summary>
    /// <param name="service">The Service port, as a route names it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="service"/> is null.</exception>
    public ServiceDestinations GetDestinations(ServiceReference service)
    {
        ArgumentNullException.ThrowIfNull(service);
        return _compiled.Services.Find(service);
    }
}

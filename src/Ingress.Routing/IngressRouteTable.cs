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
public sealed class IngressRouteTable
{
    private readonly CompiledRoutes _compiled;

    private IngressRouteTable(ClusterSnapshot snapshot, RouteTableOptions options, CompiledRoutes compiled)
    {
        Snapshot = snapshot;
        Options = options;
        _compiled = compiled;
    }

    /// <summary>A table without routes.</summary>
    public static IngressRouteTable Empty { get; } = new(ClusterSnapshot.Empty, RouteTableOptions.Default, CompiledRoutes.Empty);

    /// <summary>What the table was compiled from.</summary>
    public ClusterSnapshot Snapshot { get; }

    /// <summary>What it was compiled with.</summary>
    public RouteTableOptions Options { get; }

    /// <summary>
    /// All routes that can be chosen, most specific first: the paths of exact hosts, of wildcard hosts, then of the host-less rules, hosts by
    /// name and paths by precedence (D6); then the default backends, each once.
    /// </summary>
    public IReadOnlyList<IngressRoute> Routes => _compiled.Routes;

    /// <summary>Everything worth reporting: what the sources reported, then what compiling did, by object.</summary>
    public IReadOnlyList<IngressDiagnostic> Diagnostics => _compiled.Diagnostics;

    /// <summary>The buckets of the named hosts.</summary>
    internal HostTable<HostBucket> Named => _compiled.Matcher.Named;

    /// <summary>The certificates by host.</summary>
    internal CertificateSelector Certificates => _compiled.Certificates;

    /// <summary>Compiles resources into a table.</summary>
    /// <param name="snapshot">The resources, right or wrong. Invalid ones are left out and reported (D4). No list may hold null.</param>
    /// <param name="options">The settings; null for the defaults.</param>
    /// <returns>The table. Whatever is wrong with the resources is in <see cref="Diagnostics"/>; content never throws.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="snapshot"/> is null.</exception>
    public static IngressRouteTable Compile(ClusterSnapshot snapshot, RouteTableOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        options ??= RouteTableOptions.Default;
        return new IngressRouteTable(snapshot, options, new RouteTableCompiler(snapshot, options).Compile());
    }

    /// <summary>Compiles the table that a change leads to. Everything that the change does not touch is shared with this table.</summary>
    /// <param name="change">What is different from <see cref="Snapshot"/>.</param>
    /// <param name="certificatesJudgedAt">Replaces <see cref="RouteTableOptions.CertificatesJudgedAt"/>; null leaves it alone.</param>
    /// <returns>
    /// The table that <see cref="Compile"/> makes of <see cref="ClusterSnapshot.Apply"/>, in time that grows with the change and not with the
    /// table. This table stays as it is.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="change"/> is null.</exception>
    public IngressRouteTable Apply(ClusterChange change, DateTimeOffset? certificatesJudgedAt = null)
    {
        ArgumentNullException.ThrowIfNull(change);
        return Compile(Snapshot.Apply(change), Options with { CertificatesJudgedAt = certificatesJudgedAt ?? Options.CertificatesJudgedAt });
    }

    /// <summary>What may differ between this table and an earlier one.</summary>
    /// <param name="earlier">The table that this one was made from by <see cref="Apply"/>.</param>
    /// <returns>The changes; null when the tables are not related in this way, and everything may differ.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="earlier"/> is null.</exception>
    public RouteTableChanges? ChangesSince(IngressRouteTable earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        return ReferenceEquals(earlier, this) ? new RouteTableChanges(false, [], []) : null;
    }

    /// <summary>What compiling reports about one object; without what the sources report.</summary>
    /// <param name="resource">The object; it need not exist.</param>
    /// <returns>The part of <see cref="Diagnostics"/> about the object, in time that grows with what the object touches.</returns>
    public IReadOnlyList<IngressDiagnostic> DiagnosticsOf(ResourceReference resource)
        => [.. Diagnostics.Skip(Snapshot.SourceDiagnostics.Count).Where(diagnostic => diagnostic.Resource == resource)];

    /// <summary>Whether a route may refer to a Service port.</summary>
    /// <param name="service">The Service port, as a route names it.</param>
    /// <returns>False when certainly none does; in time that grows with the Ingresses of its namespace.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="service"/> is null.</exception>
    public bool MayRefer(ServiceReference service)
    {
        ArgumentNullException.ThrowIfNull(service);
        return Routes.Any(route => service.Equals(route.Service));
    }

    /// <summary>Finds the route of a request.</summary>
    /// <param name="host">The <c>Host</c> header or <c>:authority</c> exactly as received; null or empty when there was none (D13).</param>
    /// <param name="target">The request target exactly as received (semantics 9.1): never a decoded path.</param>
    /// <returns>The outcome, with the canonical path.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="target"/> is null.</exception>
    /// <remarks>The one way in: it canonicalises both, so that nobody can match one thing and forward another (D8, D10, D11).</remarks>
    // Inlined, because the caller need not tell the garbage collector of the three references when it keeps them on its own stack.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public IngressMatch Match(string? host, string target)
    {
        ArgumentNullException.ThrowIfNull(target);
        var matcher = _compiled.Matcher;
        var route = matcher.Find(host, target, out var pathLength, out var isRule);
        if (pathLength < 0)
        {
            return matcher.MatchUnusual(host, target, Options);
        }

        var status = isRule ? IngressMatchStatus.Rule : route is null ? IngressMatchStatus.NotFound : IngressMatchStatus.DefaultBackend;
        return new IngressMatch(status, route, target.AsMemory(0, pathLength), target.AsMemory(pathLength));
    }

    /// <summary>Chooses the certificate for a server name (D17).</summary>
    /// <param name="serverName">The SNI as received, in A-label or Unicode form; null or empty when there was none.</param>
    /// <returns>The certificate; the default one when no other applies; null when there is none, and the handshake must be refused.</returns>
    public TlsCertificate? FindCertificate(string? serverName) => _compiled.Certificates.Find(serverName);

    /// <summary>Where the requests for a Service port can be sent.</summary>
    /// <param name="service">The Service port, as a route names it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="service"/> is null.</exception>
    public ServiceDestinations GetDestinations(ServiceReference service)
    {
        ArgumentNullException.ThrowIfNull(service);
        return _compiled.Services.Find(service);
    }
}

using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing;

/// <summary>Any number of Ingresses compiled into one immutable matcher.</summary>
/// <remarks>
/// A pure function of the set of resources: no order of input, clock, culture or hash seed changes the result (semantics 5.9).
/// Thread-safe; nothing in it ever changes, and reading takes no lock.
/// </remarks>
public sealed class IngressRouteTable
{
    /// <summary>A table without routes.</summary>
    public static IngressRouteTable Empty { get; } = new();

    /// <summary>Compiles resources into a table.</summary>
    /// <param name="snapshot">The resources, right or wrong. Invalid ones are left out and reported (D4).</param>
    /// <param name="options">The settings; null for the defaults.</param>
    /// <returns>The table. Whatever is wrong with the resources is in <see cref="Diagnostics"/>; content never throws.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="snapshot"/> is null.</exception>
    public static IngressRouteTable Compile(ClusterSnapshot snapshot, RouteTableOptions? options = null) => throw new NotSupportedException();

    /// <summary>What the table was compiled from.</summary>
    public ClusterSnapshot Snapshot { get; } = ClusterSnapshot.Empty;

    /// <summary>What it was compiled with.</summary>
    public RouteTableOptions Options { get; } = RouteTableOptions.Default;

    /// <summary>
    /// All routes that can be chosen, most specific first: exact hosts, wildcard hosts, then the host-less ones, each by name; within a host by
    /// precedence (D6), its default backend last; then the defaults that belong to no host.
    /// </summary>
    public IReadOnlyList<IngressRoute> Routes { get; } = [];

    /// <summary>Everything worth reporting, what the sources reported included, in a fixed order.</summary>
    public IReadOnlyList<IngressDiagnostic> Diagnostics { get; } = [];

    /// <summary>Finds the route of a request.</summary>
    /// <param name="host">The <c>Host</c> header or <c>:authority</c> exactly as received; null or empty when there was none (D13).</param>
    /// <param name="target">The request target exactly as received (semantics 9.1): never a decoded path.</param>
    /// <returns>The outcome, with the canonical path.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="target"/> is null.</exception>
    /// <remarks>The one way in: it canonicalises both, so that nobody can match one thing and forward another (D8, D10, D11).</remarks>
    public IngressMatch Match(string? host, string target) => throw new NotSupportedException();

    /// <summary>Chooses the certificate for a server name (D17).</summary>
    /// <param name="serverName">The SNI as received, in A-label or Unicode form; null or empty when there was none.</param>
    /// <returns>The certificate; the default one when no other applies; null when there is none, and the handshake must be refused.</returns>
    public TlsCertificate? FindCertificate(string? serverName) => throw new NotSupportedException();

    /// <summary>Where the requests for a Service port can be sent.</summary>
    /// <param name="service">The Service port, as a route names it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="service"/> is null.</exception>
    public ServiceDestinations GetDestinations(ServiceReference service) => throw new NotSupportedException();
}

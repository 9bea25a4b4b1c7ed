namespace Ingress.Routing.Comparison;

/// <summary>Exactly which requests, server names and Service ports two tables treat differently.</summary>
/// <remarks>
/// Nothing is sampled, but for what <see cref="ComparedByExample"/> says. All requests there can be are cut into finitely many regions on which each table gives one answer, and the tables
/// are asked about one request of each: so every difference is real, and no request differs that is in none. The order of objects, the
/// files they are in, how an Ingress is cut and how a path is spelled make no difference. Immutable and thread-safe.
/// </remarks>
public sealed class RouteTableComparison
{
    private RouteTableComparison(IngressRouteTable before, IngressRouteTable after)
    {
        Before = before;
        After = after;
        var routes = new RouteComparer(before, after);
        Hosts = routes.Compare();
        ComparedByExample = routes.ByExample;
        Certificates = CertificateComparer.Compare(before, after);
        Destinations = CompareDestinations(before, after);
    }

    /// <summary>The first table.</summary>
    public IngressRouteTable Before { get; }

    /// <summary>The second table.</summary>
    public IngressRouteTable After { get; }

    /// <summary>The requests that go elsewhere, by host. No request is in two of them.</summary>
    public IReadOnlyList<HostDifference> Hosts { get; }

    /// <summary>
    /// Hosts whose regular expressions differ. Their paths cannot be cut into finitely many regions, so some paths of each expression were compared:
    /// the differences are real, and there may be more.
    /// </summary>
    public IReadOnlyList<HostRegion> ComparedByExample { get; }

    /// <summary>The server names that get another certificate, for clients that verify every kind of keys (D24).</summary>
    public IReadOnlyList<CertificateDifference> Certificates { get; }

    /// <summary>The Service ports that both tables refer to, and that gained or lost their destinations; by name.</summary>
    public IReadOnlyList<DestinationDifference> Destinations { get; }

    /// <summary>Whether there is any difference.</summary>
    public bool HasDifferences => Hosts.Count > 0 || Certificates.Count > 0 || Destinations.Count > 0;

    /// <summary>Compares two tables.</summary>
    /// <param name="before">The first table.</param>
    /// <param name="after">The second table.</param>
    /// <returns>The differences; comparing the other way round gives the same ones with the answers exchanged.</returns>
    /// <exception cref="ArgumentNullException">One of them is null.</exception>
    /// <exception cref="ArgumentException">
    /// They were compiled with different <see cref="RouteTableOptions.KeepSlashes"/> or <see cref="RouteTableOptions.RejectEncodedSeparators"/>:
    /// they do not mean the same by a path, so that no region of paths could be named for both.
    /// </exception>
    public static RouteTableComparison Compare(IngressRouteTable before, IngressRouteTable after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        if (before.Options.KeepSlashes != after.Options.KeepSlashes
            || before.Options.RejectEncodedSeparators != after.Options.RejectEncodedSeparators)
        {
            throw new ArgumentException(
                "Both tables have to be compiled with the same KeepSlashes and RejectEncodedSeparators to be compared.", nameof(after));
        }

        return new(before, after);
    }

    private static IReadOnlyList<DestinationDifference> CompareDestinations(IngressRouteTable before, IngressRouteTable after)
    {
        var common = ServicesOf(before).Intersect(ServicesOf(after)).OrderBy(static service => service.ToString(), StringComparer.Ordinal);
        return
        [
            .. common.Select(service => new DestinationDifference(
                    service, before.GetDestinations(service).Status, after.GetDestinations(service).Status))
                .Where(static difference
                    => (difference.Before == DestinationStatus.Ready) != (difference.After == DestinationStatus.Ready)),
        ];
    }

    private static IEnumerable<ServiceReference> ServicesOf(IngressRouteTable table)
        => table.Routes.SelectMany(static route => route.Services);
}

using System.Collections.Immutable;

namespace Ingress.Routing.Policies;

/// <summary>Lets another Service answer in place of an error.</summary>
/// <remarks>
/// It is asked at <c>/</c>, with the method and the query of the request and without its body, and told in headers what happened: <c>X-Code</c>,
/// <c>X-Format</c>, <c>X-Original-URI</c>, <c>X-Namespace</c>, <c>X-Ingress-Name</c>, <c>X-Service-Name</c>, <c>X-Service-Port</c> and
/// <c>X-Request-ID</c>. The client gets its answer, its status included.
/// </remarks>
public sealed record ErrorPages : RoutePolicy
{
    private readonly ServiceReference[] _services;

    /// <summary>Creates one.</summary>
    /// <param name="service">The Service that answers.</param>
    /// <param name="statuses">In place of which statuses, from 400 to 599.</param>
    /// <exception cref="ArgumentNullException"><paramref name="service"/> is null.</exception>
    public ErrorPages(ServiceReference service, ImmutableSortedSet<int> statuses)
    {
        ArgumentNullException.ThrowIfNull(service);
        _services = [service];
        Service = service;
        Statuses = statuses;
    }

    /// <summary>The Service that answers.</summary>
    public ServiceReference Service { get; }

    /// <summary>In place of which statuses.</summary>
    public ImmutableSortedSet<int> Statuses { get; }

    /// <summary>Whether errors that the backend answers with are left as they are, and only those are replaced that come from the gateway.</summary>
    public bool LeavesBackendErrors { get; init; }

    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.ErrorPages;

    /// <inheritdoc />
    public override IEnumerable<ServiceReference> Services => _services;

    /// <inheritdoc />
    public override string Describe()
        => $"let Service {Service} answer in place of {string.Join(", ", Statuses)}{(LeavesBackendErrors ? ", unless the backend says so" : "")}";

    /// <inheritdoc />
    public bool Equals(ErrorPages? other)
        => other is not null && Service == other.Service && LeavesBackendErrors == other.LeavesBackendErrors && Statuses.SetEquals(other.Statuses);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Service, Statuses.Count, LeavesBackendErrors);
}

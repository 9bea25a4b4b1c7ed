namespace Ingress.Routing.Policies;

/// <summary>Lets another Service take the requests while none of the endpoints that should is ready.</summary>
/// <remarks>
/// It gets the request as the backend would have, with the headers <c>X-Code: 503</c>, <c>X-Format</c>, <c>X-Namespace</c>,
/// <c>X-Ingress-Name</c>, <c>X-Service-Name</c>, <c>X-Service-Port</c> and <c>X-Request-ID</c> besides.
/// </remarks>
public sealed record FallbackService : RoutePolicy
{
    private readonly ServiceReference[] _services;

    /// <summary>Creates one.</summary>
    /// <param name="service">The Service.</param>
    /// <exception cref="ArgumentNullException"><paramref name="service"/> is null.</exception>
    public FallbackService(ServiceReference service)
    {
        ArgumentNullException.ThrowIfNull(service);
        _services = [service];
        Service = service;
    }

    /// <summary>The Service.</summary>
    public ServiceReference Service { get; }

    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.Backend;

    /// <inheritdoc />
    public override IEnumerable<ServiceReference> Services => _services;

    /// <inheritdoc />
    public override string Describe() => $"send requests to Service {Service} while no endpoint of the backend is ready";

    /// <inheritdoc />
    public bool Equals(FallbackService? other) => other is not null && Service == other.Service;

    /// <inheritdoc />
    public override int GetHashCode() => Service.GetHashCode();
}

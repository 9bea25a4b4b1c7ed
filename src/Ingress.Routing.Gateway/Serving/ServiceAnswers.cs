using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using Ingress.Routing.Forwarding;
using Ingress.Routing.Model;

namespace Ingress.Routing.Gateway.Serving;

/// <summary>Who answers for each Service port: an address of <c>--backend</c>, its ready endpoints, or the echo backend.</summary>
/// <remarks>Thread-safe. The same Service port always has the same target object, as forwarding asks.</remarks>
internal sealed class ServiceAnswers : IServiceTargetProvider
{
    /// <summary>What stands in for missing Secrets when certificates come by ACME.</summary>
    public const string ByAcme = "a certificate by ACME";

    private readonly Dictionary<ServiceReference, ServiceTarget> _backends;
    private readonly ImmutableArray<ServiceReference> _given;
    private readonly ConcurrentDictionary<ServiceReference, ServiceTarget>? _echoes;
    private readonly ConcurrentDictionary<DnsEndPoint, ServiceTarget>? _externals;

    public ServiceAnswers(RunSettings settings)
    {
        _backends = settings.Backends
            .GroupBy(backend => backend.Service, backend => backend.Address)
            .ToDictionary(group => group.Key, group => new ServiceTarget { Addresses = [.. group] });
        _given = [.. _backends.Keys];
        foreach (var service in _given)
        {
            _backends.TryAdd(FirstPortOf(service), _backends[service]); // an annotation that means the first port names none
        }

        _echoes = settings.Echo ? new() : null;
        _externals = settings.AllowsExternalName ? new() : null;
    }

    /// <summary>What the compiler has to know of all this, so that it does not report a 503 where something answers.</summary>
    public static StandIns StandInsOf(RunSettings settings) => new()
    {
        Services = settings.Backends
            .SelectMany(static backend => (ServiceReference[])[backend.Service, FirstPortOf(backend.Service)], static (backend, service) => (Service: service, backend.Address))
            .GroupBy(static backend => backend.Service, static backend => backend.Address)
            .ToImmutableDictionary(static group => group.Key, static group => string.Join(", ", group)),
        ExternalNames = settings.AllowsExternalName ? "the host that it names" : null,
        OtherServices = settings.Echo ? "the echo backend" : null,
        Certificates = settings.DevCertificatesFolder is not null ? "a development certificate" : settings.Acme is not null ? ByAcme : null,
    };

    /// <inheritdoc />
    public ServiceTarget? FindTarget(ServiceDestinations destinations)
    {
        if (_backends.TryGetValue(destinations.Service, out var backend))
        {
            return backend;
        }

        if (destinations.ExternalHost is { } host && _externals is not null)
        {
            return _externals.GetOrAdd(host, static host => new ServiceTarget { Addresses = [new UriBuilder("http", host.Host, host.Port).Uri] });
        }

        return destinations.Status == DestinationStatus.Ready
            ? null
            : _echoes?.GetOrAdd(destinations.Service, static service => new ServiceTarget { Handler = new EchoHandler(service) });
    }

    /// <summary>The <c>--backend</c> options that no route of a table asks for, most likely mistyped.</summary>
    public IEnumerable<ServiceReference> UnusedBackends(IngressRouteTable table)
    {
        var asked = table.Routes.SelectMany(static route => route.Services).ToHashSet();
        return _given.Where(service => !asked.Contains(service) && !asked.Contains(FirstPortOf(service)));
    }

    /// <summary>Says in a few words who answers for a route.</summary>
    public string Describe(IngressRoute route, IngressRouteTable table)
    {
        if (route.Service is null)
        {
            var kind = new ResourceKind(route.Resource!.ApiGroup, route.Resource.Kind!);
            return table.Options.ResourceKinds.Contains(kind) ? "folder" : "not served: 503";
        }

        var services = route.Services.ToList();
        return services is [var only]
            ? Describe(only, table)
            : string.Join("; ", services.Select(service => $"{service}: {Describe(service, table)}"));
    }

    private static ServiceReference FirstPortOf(ServiceReference service) => service with { Port = ServiceBackendPort.First };

    private string Describe(ServiceReference service, IngressRouteTable table)
    {
        var destinations = table.GetDestinations(service);
        return FindTarget(destinations) switch
        {
            { Addresses: [_, ..] addresses } => string.Join(", ", addresses),
            not null => "echo",
            _ => Describe(destinations),
        };
    }

    private static string Describe(ServiceDestinations destinations) => destinations.Status switch
    {
        DestinationStatus.Ready => string.Join(", ", destinations.Ready),
        DestinationStatus.ServiceNotFound => "no such Service: 503",
        DestinationStatus.PortNotFound => "no such port: 503",
        DestinationStatus.ExternalName => "ExternalName: 503",
        _ => "no endpoint: 503",
    };
}

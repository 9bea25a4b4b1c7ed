using System.Collections.Concurrent;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Forwarding;
using Ingress.Routing.Gateway.DevCertificates;
using Ingress.Routing.Model;

namespace Ingress.Routing.Gateway.Serving;

/// <summary>Who answers for each Service port: an address of <c>--backend</c>, its ready endpoints, or the echo backend.</summary>
/// <remarks>Thread-safe. The same Service port always has the same target object, as forwarding asks.</remarks>
internal sealed class ServiceAnswers : IServiceTargetProvider
{
    private readonly Dictionary<ServiceReference, ServiceTarget> _backends;
    private readonly ConcurrentDictionary<ServiceReference, ServiceTarget>? _echoes;
    private readonly bool _hasDevCertificates;

    public ServiceAnswers(RunSettings settings)
    {
        _backends = settings.Backends
            .GroupBy(backend => backend.Service, backend => backend.Address)
            .ToDictionary(group => group.Key, group => new ServiceTarget { Addresses = [.. group] });
        _echoes = settings.Echo ? new() : null;
        _hasDevCertificates = settings.DevCertificatesFolder is not null;
    }

    private bool ChangesNothing => _backends.Count == 0 && _echoes is null && !_hasDevCertificates;

    /// <inheritdoc />
    public ServiceTarget? FindTarget(ServiceDestinations destinations)
    {
        if (_backends.TryGetValue(destinations.Service, out var backend))
        {
            return backend;
        }

        return destinations.Status == DestinationStatus.Ready
            ? null
            : _echoes?.GetOrAdd(destinations.Service, static service => new ServiceTarget { Handler = new EchoHandler(service) });
    }

    /// <summary>The <c>--backend</c> options that no route of a table asks for, most likely mistyped.</summary>
    public IEnumerable<ServiceReference> UnusedBackends(IngressRouteTable table)
        => _backends.Keys.Except(table.Routes.SelectMany(route => route.Services));

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

    /// <summary>The diagnostics of a table, those about missing endpoints and Secrets corrected where somebody answers all the same.</summary>
    /// <remarks>
    /// The compiler knows neither <c>--backend</c> nor <c>--echo</c> nor <c>--dev-certificates</c>, and says that such requests are answered with
    /// 503, and such handshakes refused.
    /// </remarks>
    public ServedDiagnostics DiagnosticsOf(IngressRouteTable table)
        => ChangesNothing ? new(table.Diagnostics, []) : DiagnosticsOf(table, table.Diagnostics, table.Routes);

    /// <summary>Some diagnostics of a table, corrected likewise.</summary>
    /// <param name="chosen">The routes of the objects that they are about.</param>
    public ServedDiagnostics DiagnosticsOf(
        IngressRouteTable table, IReadOnlyList<IngressDiagnostic> diagnostics, IReadOnlyList<IngressRoute> chosen)
    {
        if (ChangesNothing)
        {
            return new(diagnostics, []);
        }

        var routes = chosen.Where(route => route is { Service: not null, Ingress: not null }).ToList();
        var byIngress = routes.SelectMany(BackendsOf).ToLookup(backend => backend.Ingress, backend => (backend.Field, backend.Service));
        var open = new List<IngressDiagnostic>();
        var answered = new List<IngressDiagnostic>();
        foreach (var diagnostic in diagnostics)
        {
            if (IsAboutEndpoints(diagnostic) && Correct(diagnostic, byIngress[diagnostic.Resource!.Value], table) is { } corrected)
            {
                answered.Add(corrected);
            }
            else if (_hasDevCertificates && DevCertificateDiagnostics.Correct(diagnostic) is { } withCertificate)
            {
                answered.Add(withCertificate);
            }
            else
            {
                open.Add(diagnostic);
            }
        }

        return new(open, answered);
    }

    private static bool IsAboutEndpoints(IngressDiagnostic diagnostic)
        => diagnostic is { Resource: not null } and
        {
            Id: IngressDiagnosticIds.ServiceNotFound or IngressDiagnosticIds.ServicePortNotFound
            or IngressDiagnosticIds.NoReadyEndpoints or IngressDiagnosticIds.ExternalNameRefused
        };

    // Where the diagnostics about the backends of a route stand: of shared requests at the annotations, of a canary in its own Ingress.
    private static IEnumerable<(ResourceReference Ingress, string Field, ServiceReference Service)> BackendsOf(IngressRoute route)
    {
        var ingress = route.Ingress!.Reference;
        yield return (ingress, route.Field + ".", route.Service!);
        foreach (var backend in route.Split?.Backends ?? [])
        {
            yield return (ingress, "metadata.annotations", backend.Service);
        }

        if (route.Split?.Canary is { } canary)
        {
            yield return (ingress with { Namespace = canary.Source.Namespace, Name = canary.Source.Name }, canary.Field + ".", canary.Service);
        }
    }

    private IngressDiagnostic? Correct(
        IngressDiagnostic diagnostic, IEnumerable<(string Field, ServiceReference Service)> backends, IngressRouteTable table)
    {
        var (_, service) = backends.FirstOrDefault(backend => diagnostic.Field.StartsWith(backend.Field, StringComparison.Ordinal)
            && diagnostic.Message.Contains($"'{backend.Service.Name}'", StringComparison.Ordinal));
        if (service is null || FindTarget(table.GetDestinations(service)) is not { } target)
        {
            return null;
        }

        var who = target.Handler is null ? string.Join(", ", target.Addresses) : "the echo backend";
        return diagnostic with
        {
            Severity = IngressDiagnosticSeverity.Info,
            Message = $"The Service port '{service}' has no ready endpoint. Its requests are answered by {who}.",
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

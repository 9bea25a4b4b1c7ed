using Ingress.Routing.Diagnostics;
using Ingress.Routing.Matching;
using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>Compiles resources: the phases in order, nothing else.</summary>
internal sealed class RouteTableCompiler
{
    private readonly ClusterSnapshot _snapshot;
    private readonly RouteTableOptions _options;
    private readonly DiagnosticBag _diagnostics = new();

    public RouteTableCompiler(ClusterSnapshot snapshot, RouteTableOptions options)
    {
        _options = options;
        _snapshot = snapshot with
        {
            Ingresses = DuplicateObjects.Remove(snapshot.Ingresses, _diagnostics),
            IngressClasses = DuplicateObjects.Remove(snapshot.IngressClasses, _diagnostics),
            Services = Named(snapshot.Services),
            EndpointSlices = Named(snapshot.EndpointSlices),
            TlsSecrets = Named(snapshot.TlsSecrets),
        };
    }

    public CompiledRoutes Compile()
    {
        var served = SelectServed();
        var defaults = new DefaultBackendResolver(served, _options, _diagnostics);
        var buckets = CollectBuckets(served);
        var matcher = BuildMatcher(buckets, defaults);

        var routes = InOrder(buckets, defaults);
        var services = new ServiceDirectory(_snapshot, _options, routes.Select(static route => route.Service).OfType<ServiceReference>());
        BackendDiagnostics.Report(routes, services, _options, _diagnostics);
        if (_options.DefaultBackend is { } configured)
        {
            BackendDiagnostics.ReportConfiguredDefault(services.Find(configured), _diagnostics);
        }

        BackendDiagnostics.ReportAddresses(_snapshot.EndpointSlices, _options, _diagnostics);

        var certificates = new TlsCompiler(_snapshot, _options, _diagnostics).Compile(served);
        IReadOnlyList<IngressDiagnostic> diagnostics = [.. _snapshot.SourceDiagnostics, .. _diagnostics.ToSortedList()];
        return new CompiledRoutes(matcher, certificates, services, routes, diagnostics);
    }

    private IReadOnlyList<T> Named<T>(IReadOnlyList<T> resources)
        where T : KubernetesResource
        => MetadataValidator.OnlyNamed(DuplicateObjects.Remove(resources, _diagnostics), _diagnostics);

    // What is invalid or not ours takes no part in anything that follows (D3, D4).
    private List<IngressResource> SelectServed()
    {
        var classes = _snapshot.IngressClasses.Where(item => IngressClassValidator.Validate(item, _diagnostics)).ToList();
        var selector = new IngressClassSelector(classes, _options.ControllerName, _diagnostics);
        return AgeOrder.Sort(_snapshot.Ingresses.Where(item => IngressValidator.Validate(item, _diagnostics) && selector.IsServed(item)));
    }

    private List<HostBucketBuilder> CollectBuckets(List<IngressResource> served)
    {
        var buckets = new Dictionary<string, HostBucketBuilder>(StringComparer.Ordinal);
        foreach (var ingress in served)
        {
            for (var i = 0; i < ingress.Rules.Count; i++)
            {
                var host = ingress.Rules[i].Host ?? "";
                if (!buckets.TryGetValue(host, out var bucket))
                {
                    bucket = new HostBucketBuilder(host.Length > 0 ? host : null, _options, _diagnostics);
                    buckets.Add(host, bucket);
                }

                bucket.Add(ingress, i);
            }
        }

        return [.. buckets.Values
            .OrderBy(static bucket => bucket.Host is null)
            .ThenBy(static bucket => bucket.Host is not null && HostTable<HostBucket>.IsWildcard(bucket.Host))
            .ThenBy(static bucket => bucket.Host, StringComparer.Ordinal)];
    }

    private static RouteMatcher BuildMatcher(List<HostBucketBuilder> buckets, DefaultBackendResolver defaults)
    {
        var built = buckets.ConvertAll(bucket => (bucket.Host, Bucket: bucket.Build(defaults.RouteOf(bucket.DefaultOwner))));
        var named = built.Where(static item => item.Host is not null).Select(static item => KeyValuePair.Create(item.Host!, item.Bucket));
        return new RouteMatcher(
            new HostTable<HostBucket>(named),
            built.Find(static item => item.Host is null).Bucket,
            defaults.KnownHost,
            defaults.UnknownHost);
    }

    // Most specific first, each route once. A default for known hosts cannot be chosen where no host is known.
    private static List<IngressRoute> InOrder(List<HostBucketBuilder> buckets, DefaultBackendResolver defaults)
    {
        var paths = buckets.SelectMany(static bucket => bucket.Routes);
        var hostDefaults = buckets.Select(bucket => defaults.RouteOf(bucket.DefaultOwner));
        var knownHostDefault = buckets.Any(static bucket => bucket.Host is not null) ? defaults.KnownHost : null;
        return [.. paths.Concat(hostDefaults.Append(knownHostDefault).Append(defaults.UnknownHost).OfType<IngressRoute>().Distinct())];
    }
}

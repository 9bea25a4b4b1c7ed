using Ingress.Routing.Annotations;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>What is worth reporting about a generation, worked out when it is asked for. Used once.</summary>
/// <remarks>
/// Decisions are made once and kept; the words about them are not, because a large cluster has far more of them than anybody reads. What
/// decided is asked again, so that the two cannot differ.
/// </remarks>
internal sealed class DiagnosticReport(CompiledRoutes routes, RouteTableOptions options)
{
    private readonly DiagnosticBag _diagnostics = new();
    private readonly ClusterObjects _objects = routes.Objects;

    /// <summary>Everything, by object, behind what the sources report.</summary>
    public IReadOnlyList<IngressDiagnostic> All()
    {
        ReportSpecial(_objects.Ingresses.Special);
        ReportSpecial(_objects.IngressClasses.Special);
        ReportSpecial(_objects.Services.Special);
        ReportSpecial(_objects.EndpointSlices.Special);
        ReportSpecial(_objects.Endpoints.Special);
        ReportSpecial(_objects.Secrets.Special);
        ReportSpecial(_objects.ConfigMaps.Special);
        foreach (var slice in _objects.EndpointSlices.Usable)
        {
            BackendDiagnostics.ReportAddresses(slice, options, _diagnostics);
        }

        foreach (var secret in _objects.Secrets.Usable)
        {
            SecretParts.Report(secret, _diagnostics);
        }

        foreach (var endpoints in _objects.Endpoints.Usable)
        {
            BackendDiagnostics.ReportEndpoints(endpoints, _objects.Services.Find(endpoints.Name), options, _diagnostics);
        }

        ReportFew();
        ReportIngresses(_objects.Ingresses.Usable);
        return [.. _objects.SourceDiagnostics, .. _diagnostics.ToSortedList()];
    }

    /// <summary>What there is to say about some objects, by object.</summary>
    public IReadOnlyList<IngressDiagnostic> Of(IReadOnlyCollection<ResourceReference> resources)
    {
        var ingresses = new List<IngressResource>();
        foreach (var resource in resources)
        {
            var name = ObjectSet<IngressResource>.IdentityOf(resource);
            switch (resource.Kind)
            {
                case IngressResource.KindName:
                    ReportSpecial(_objects.Ingresses, name);
                    ingresses.AddRange(new[] { _objects.Ingresses.Find(name) }.OfType<IngressResource>());
                    break;

                case IngressClassResource.KindName:
                    ReportSpecial(_objects.IngressClasses, name);
                    break;

                case ServiceResource.KindName:
                    ReportSpecial(_objects.Services, name);
                    break;

                case EndpointSliceResource.KindName:
                    ReportSpecial(_objects.EndpointSlices, name);
                    if (_objects.EndpointSlices.Find(name) is { } slice)
                    {
                        BackendDiagnostics.ReportAddresses(slice, options, _diagnostics);
                    }

                    break;

                case EndpointsResource.KindName:
                    ReportSpecial(_objects.Endpoints, name);
                    if (_objects.Endpoints.Find(name) is { } endpoints)
                    {
                        BackendDiagnostics.ReportEndpoints(endpoints, _objects.Services.Find(name), options, _diagnostics);
                    }

                    break;

                case SecretResource.KindName:
                    ReportSpecial(_objects.Secrets, name);
                    if (_objects.Secrets.Find(name) is { } secret)
                    {
                        SecretParts.Report(secret, _diagnostics);
                    }

                    break;

                case ConfigMapResource.KindName:
                    ReportSpecial(_objects.ConfigMaps, name);
                    break;
            }
        }

        ReportFew();
        ReportIngresses(ingresses);
        var wanted = resources.ToHashSet();
        return [.. _diagnostics.ToSortedList().Where(diagnostic => diagnostic.Resource is { } resource && wanted.Contains(resource))];
    }

    // Each host once, however many of the Ingresses claim it. What is said of others besides is for the caller to leave out.
    private void ReportIngresses(IEnumerable<IngressResource> ingresses)
    {
        var served = ingresses.Where(IsServed).ToList();
        var buckets = served
            .SelectMany(static ingress => ingress.Rules)
            .Select(RuleClaim.HostOf)
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(static host => host, routes.BucketOf, StringComparer.Ordinal);
        var chosen = buckets.Values.SelectMany(static bucket => bucket.Routes)
            .ToLookup(static route => route.Source.Name);
        var canaries = buckets.Values.SelectMany(static bucket => bucket.Routes)
            .Select(static route => route.Split?.Canary)
            .OfType<CanaryBackend>()
            .ToLookup(static canary => canary.Source);
        foreach (var ingress in served)
        {
            ReportServed(ingress, [.. chosen[ingress.Name], .. routes.DefaultsOf(ingress, buckets)]);
            BackendDiagnostics.ReportCanaries(ingress, canaries[ingress.Name], routes.Services, options.StandIns, _diagnostics);
        }

        foreach (var host in buckets.Keys)
        {
            new HostBucketBuilder(host, routes, options, _diagnostics).Resolve(routes.Claims[host], routes.PolicyClaimsOf(host), null);
        }

        foreach (var host in served
            .SelectMany(ingress => TlsEntries.ClaimsOf(ingress, _objects.Secrets))
            .Select(static item => item.Host)
            .Distinct(StringComparer.Ordinal))
        {
            routes.Certificates.Report(host, _diagnostics);
        }
    }

    private bool IsServed(IngressResource ingress)
    {
        _diagnostics.At(DiagnosticPhase.Structure);
        return IngressValidator.Validate(ingress, _diagnostics) && routes.Classes.IsServed(ingress, _diagnostics);
    }

    private void ReportServed(IngressResource ingress, IReadOnlyList<IngressRoute> chosen)
    {
        routes.Defaults.Report(ingress, _diagnostics);
        BackendDiagnostics.Report(ingress, chosen, routes.Services, options, _diagnostics);
        routes.Added.Report(ingress, routes, _diagnostics);
        RoutingDiagnostics.Report(ingress, chosen, routes.Policies, _diagnostics);
        TlsEntries.Report(ingress, _objects.Secrets, options, _diagnostics);
        AnnotationReader.Report(ingress, options, _objects, _diagnostics);
        HostPolicyDiagnostics.Report(ingress, routes, options, _diagnostics);
    }

    // There are few classes, and they concern each other.
    private void ReportFew()
    {
        foreach (var item in _objects.IngressClasses.Usable)
        {
            _diagnostics.At(DiagnosticPhase.Structure);
            IngressClassValidator.Validate(item, _diagnostics);
        }

        routes.Classes.ReportDefaults(_diagnostics);
        ReportConfigured();
    }

    // What the options name; it is about objects that need not exist.
    private void ReportConfigured()
    {
        if (options.DefaultBackend is { } configured)
        {
            _diagnostics.At(DiagnosticPhase.Backends);
            BackendDiagnostics.ReportConfiguredDefault(routes.Services.Find(configured), options.StandIns, _diagnostics);
        }

        CertificateDirectory.ReportDefault(_objects.Secrets, options, _diagnostics);
        routes.Configured.Report(_objects.Secrets, options, _diagnostics);
    }

    private void ReportSpecial<T>(ObjectSet<T> objects, NamespacedName name)
        where T : KubernetesResource
    {
        if (objects.TryGetSpecial(name, out var items))
        {
            ReportSpecial([items]);
        }
    }

    private void ReportSpecial<T>(IEnumerable<IReadOnlyList<T>> special)
        where T : KubernetesResource
    {
        _diagnostics.At(DiagnosticPhase.Identity);
        foreach (var items in special)
        {
            var isNamed = items[0].Reference.Name.Length > 0;
            var (usable, invalid) = isNamed ? (items.Where(ObjectSet<T>.IsUsable).ToList(), items.Where(static item => !ObjectSet<T>.IsUsable(item))) : ([], items);
            if (usable.Count > 1)
            {
                DuplicateObjects.Report(usable, _diagnostics);
            }

            foreach (var item in invalid)
            {
                ReportInvalid(item);
            }
        }
    }

    // Of Services, slices, Secrets and ConfigMaps, no more is validated than makes an object count.
    private void ReportInvalid(KubernetesResource resource)
    {
        switch (resource)
        {
            case IngressResource ingress:
                IngressValidator.Validate(ingress, _diagnostics);
                break;

            case IngressClassResource ingressClass:
                IngressClassValidator.Validate(ingressClass, _diagnostics);
                break;

            default:
                ObjectValidator.Validate(new FieldReport(resource, _diagnostics));
                break;
        }
    }
}

using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>What is worth reporting about a generation, worked out when somebody asks. Used once.</summary>
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
        ReportAllSpecial();
        ReportClasses();
        foreach (var slice in _objects.EndpointSlices.Usable)
        {
            BackendDiagnostics.ReportAddresses(slice, options, _diagnostics);
        }

        ReportConfigured();
        var served = _objects.Ingresses.Usable.Where(IsServed).ToList();
        var chosen = routes.Routes.Value
            .Where(static route => route.Ingress is not null)
            .ToLookup(static route => route.Ingress, ReferenceEqualityComparer.Instance);
        foreach (var ingress in served)
        {
            ReportServed(ingress, chosen[ingress]);
        }

        foreach (var (host, claims) in routes.Claims)
        {
            ReportClaims(host, claims);
        }

        foreach (var host in routes.Certificates.Hosts)
        {
            routes.Certificates.Report(host, _diagnostics);
        }

        return [.. _objects.SourceDiagnostics, .. _diagnostics.ToSortedList()];
    }

    /// <summary>What there is to say about one object.</summary>
    public IReadOnlyList<IngressDiagnostic> Of(ResourceReference resource)
    {
        var name = ObjectSet<IngressResource>.IdentityOf(resource);
        switch (resource.Kind)
        {
            case IngressResource.KindName:
                ReportIngress(name);
                break;

            case IngressClassResource.KindName:
                ReportSpecial(_objects.IngressClasses, name);
                ReportClasses();
                break;

            case ServiceResource.KindName:
                ReportSpecial(_objects.Services, name);
                ReportConfigured();
                break;

            case EndpointSliceResource.KindName:
                ReportSpecial(_objects.EndpointSlices, name);
                if (_objects.EndpointSlices.Find(name) is { } slice)
                {
                    BackendDiagnostics.ReportAddresses(slice, options, _diagnostics);
                }

                break;

            case TlsSecret.KindName:
                ReportSpecial(_objects.TlsSecrets, name);
                ReportConfigured();
                break;
        }

        return [.. _diagnostics.ToSortedList().Where(diagnostic => diagnostic.Resource == resource)];
    }

    private void ReportIngress(NamespacedName name)
    {
        ReportSpecial(_objects.Ingresses, name);
        if (_objects.Ingresses.Find(name) is not { } ingress || !IsServed(ingress))
        {
            return;
        }

        var hosts = ingress.Rules.Select(RuleClaim.HostOf).Distinct(StringComparer.Ordinal).ToList();
        foreach (var host in hosts)
        {
            ReportClaims(host, routes.Claims[host]);
        }

        var chosen = hosts.SelectMany(host => routes.BucketOf(host).Routes).Append(routes.Routes.DefaultOf(ingress));
        ReportServed(ingress, chosen.OfType<IngressRoute>().Where(route => ReferenceEquals(route.Ingress, ingress)));
        foreach (var host in CertificateDirectory.HostsOf(ingress, _objects.TlsSecrets))
        {
            routes.Certificates.Report(host, _diagnostics);
        }
    }

    private bool IsServed(IngressResource ingress)
    {
        _diagnostics.At(DiagnosticPhase.Structure);
        return IngressValidator.Validate(ingress, _diagnostics) && routes.Classes.IsServed(ingress, _diagnostics);
    }

    private void ReportServed(IngressResource ingress, IEnumerable<IngressRoute> chosen)
    {
        routes.Defaults.Report(ingress, _diagnostics);
        BackendDiagnostics.Report(ingress, chosen, routes.Services, options, _diagnostics);
        TlsEntries.Report(ingress, _objects.TlsSecrets, options, _diagnostics);
    }

    private void ReportClaims(string host, RuleClaim[] claims) => new HostBucketBuilder(host, options, _diagnostics).Settle(claims, null);

    private void ReportClasses()
    {
        foreach (var item in _objects.IngressClasses.Usable)
        {
            _diagnostics.At(DiagnosticPhase.Structure);
            IngressClassValidator.Validate(item, _diagnostics);
        }

        routes.Classes.ReportDefaults(_diagnostics);
    }

    // What the options name; it is about objects that need not exist.
    private void ReportConfigured()
    {
        if (options.DefaultBackend is { } configured)
        {
            _diagnostics.At(DiagnosticPhase.Backends);
            BackendDiagnostics.ReportConfiguredDefault(routes.Services.Find(configured), _diagnostics);
        }

        CertificateDirectory.ReportDefault(_objects.TlsSecrets, options, _diagnostics);
    }

    private void ReportAllSpecial()
    {
        ReportSpecial(_objects.Ingresses.Special);
        ReportSpecial(_objects.IngressClasses.Special);
        ReportSpecial(_objects.Services.Special);
        ReportSpecial(_objects.EndpointSlices.Special);
        ReportSpecial(_objects.TlsSecrets.Special);
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
            if (items[0].Reference.Name.Length > 0)
            {
                DuplicateObjects.Report(items, _diagnostics);
                continue;
            }

            foreach (var item in items)
            {
                ReportUnnamed(item);
            }
        }
    }

    // Of Services, slices and Secrets, no more than the name is judged.
    private void ReportUnnamed(KubernetesResource resource)
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
                MetadataValidator.HasName(new FieldReport(resource, _diagnostics));
                break;
        }
    }
}

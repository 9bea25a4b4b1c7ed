using Ingress.Routing.Annotations;
using Ingress.Routing.Compilation;
using Ingress.Routing.Hosting;
using Ingress.Routing.Model;

namespace Ingress.Routing.Kubernetes.Watching;

/// <summary>The Secrets and ConfigMaps that settings and the annotations of our Ingresses refer to (K9, K10). Not thread-safe.</summary>
internal sealed class ObjectReferences
{
    private readonly RouteTableOptions _options;
    private readonly HashSet<ResourceReference> _ofSettings;
    private readonly Dictionary<NamespacedName, ResourceReference[]> _ofIngresses = [];

    public ObjectReferences(IngressRoutingOptions options)
    {
        _options = RouteTableOptionsFactory.Create(options);
        _ofSettings = [.. SecretsOf(_options).Select(static name => new ResourceReference(SecretResource.KindName, name.Namespace, name.Name))];
    }

    /// <summary>All of them.</summary>
    public HashSet<ResourceReference> All
    {
        get
        {
            var all = _ofSettings.ToHashSet();
            foreach (var references in _ofIngresses.Values)
            {
                all.UnionWith(references);
            }

            return all;
        }
    }

    /// <summary>Takes a change.</summary>
    /// <param name="change">The change.</param>
    /// <param name="classes">All classes as they are now.</param>
    /// <param name="ingresses">All Ingresses as they are now; asked when a class has changed.</param>
    /// <returns>Whether any Ingress refers to something else than before.</returns>
    public bool Take(ClusterChange change, Func<IEnumerable<IngressClassResource>> classes, Func<IEnumerable<IngressResource>> ingresses)
    {
        var isChanged = false;
        foreach (var gone in change.Removed)
        {
            isChanged |= gone.Kind == IngressResource.KindName && _ofIngresses.Remove(new(gone.Namespace, gone.Name));
        }

        var areClassesChanged = change.Upserted.Any(static resource => resource is IngressClassResource)
            || change.Removed.Any(static gone => gone.Kind == IngressClassResource.KindName);
        IngressClassSelector? selector = null;
        foreach (var ingress in areClassesChanged ? ingresses() : change.Upserted.OfType<IngressResource>())
        {
            if (ingress.Metadata.Annotations.Count == 0 && !_ofIngresses.ContainsKey(ingress.Name))
            {
                continue;
            }

            selector ??= new(classes().Where(static one => one.Metadata.Name is { Length: > 0 }).DistinctBy(static one => one.Metadata.Name), _options.ControllerName);
            var references = selector.IsServed(ingress) ? Of(ingress) : [];
            var known = _ofIngresses.GetValueOrDefault(ingress.Name, []);
            if (references.AsSpan().SequenceEqual(known))
            {
                continue;
            }

            isChanged = true;
            if (references.Length == 0)
            {
                _ofIngresses.Remove(ingress.Name);
            }
            else
            {
                _ofIngresses[ingress.Name] = references;
            }
        }

        return isChanged;
    }

    private ResourceReference[] Of(IngressResource ingress)
    {
        if (!ingress.Metadata.Annotations.Keys.Any(key => _options.Dialects.Any(dialect => key.StartsWith(dialect.KeyPrefix, StringComparison.Ordinal))))
        {
            return [];
        }

        return AnnotationReader.ReadAll(ingress, _options, NoPolicyObjects.Instance, null) is { } requested
            ? [.. requested.References.Where(static reference => reference.Kind is SecretResource.KindName or ConfigMapResource.KindName && reference.Name.Length > 0)]
            : [];
    }

    private static IEnumerable<NamespacedName> SecretsOf(RouteTableOptions options)
    {
        if (options.DefaultCertificate is { } certificate)
        {
            yield return certificate;
        }

        foreach (var tls in options.HostTls.Values.Append(options.Tls))
        {
            if (tls.ClientCertificates?.AuthoritiesSecret is { } authorities)
            {
                yield return authorities;
            }
        }
    }
}

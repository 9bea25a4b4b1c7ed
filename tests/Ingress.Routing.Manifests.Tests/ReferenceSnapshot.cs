using Ingress.Routing.Diagnostics;
using Ingress.Routing.Manifests.Files;
using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Tests;

/// <summary>Puts files together, in order, as applying one after the other would: from scratch, and obvious.</summary>
internal sealed class ReferenceSnapshot
{
    private readonly Dictionary<ResourceReference, KubernetesResource> _named = [];
    private readonly List<KubernetesResource> _nameless = [];
    private readonly List<IngressDiagnostic> _diagnostics = [];

    public void Report(IngressDiagnostic diagnostic) => _diagnostics.Add(diagnostic);

    public void Add(ManifestFile file)
    {
        _diagnostics.AddRange(file.Diagnostics);
        foreach (var resource in file.Resources)
        {
            Add(resource);
        }
    }

    public ClusterSnapshot Build()
    {
        KubernetesResource[] resources = [.. _named.Values, .. _nameless];
        return new()
        {
            Ingresses = [.. resources.OfType<IngressResource>()],
            IngressClasses = [.. resources.OfType<IngressClassResource>()],
            Services = [.. resources.OfType<ServiceResource>()],
            EndpointSlices = [.. resources.OfType<EndpointSliceResource>()],
            Secrets = [.. resources.OfType<SecretResource>()],
            SourceDiagnostics = _diagnostics,
        };
    }

    private void Add(KubernetesResource resource)
    {
        // Without a name there is no identity; the compiler reports each of them.
        var reference = resource.Reference;
        if (reference.Name.Length == 0)
        {
            _nameless.Add(resource);
            return;
        }

        if (_named.TryGetValue(reference, out var earlier))
        {
            _diagnostics.Add(new()
            {
                Id = IngressDiagnosticIds.DuplicateObject,
                Severity = IngressDiagnosticSeverity.Warning,
                FieldError = FieldErrorKind.Duplicate,
                Resource = reference,
                Field = "metadata.name",
                Message = $"The {reference.Kind} is also given at {earlier.Origin?.Locate("metadata.name")}. This later one counts.",
                Location = resource.Origin?.Locate("metadata.name"),
            });
        }

        _named[reference] = resource;
    }
}

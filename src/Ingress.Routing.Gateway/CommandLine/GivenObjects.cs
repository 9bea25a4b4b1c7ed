using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>What manifests hold of the objects that an Ingress refers to, and so which references can be checked from them.</summary>
/// <remarks>
/// A file on its own holds the Ingress and nothing else: that its Service is not beside it says nothing about the cluster. Where some
/// Services of a namespace are given, one that is missing most likely is a mistake.
/// </remarks>
internal sealed class GivenObjects
{
    // What makes a Secret in the cluster, so that it is in no manifest.
    private static readonly string[] s_announcements =
    [
        "cert-manager.io/issuer", "cert-manager.io/cluster-issuer", "kubernetes.io/tls-acme", "cert.gardener.cloud/purpose",
        "networking.gke.io/managed-certificates",
    ];

    private static readonly string[] s_secretMakers =
        ["Certificate", "SealedSecret", "ExternalSecret", "VaultStaticSecret", "VaultPKISecret", "SopsSecret", "BitwardenSecret"];

    private readonly Dictionary<ResourceReference, IngressResource> _ingresses = [];
    private readonly HashSet<string> _services;
    private readonly HashSet<string> _slices;
    private readonly HashSet<string> _secrets;
    private readonly HashSet<string> _otherSecrets;
    private readonly HashSet<string> _configMaps;
    private readonly HashSet<string> _announced;

    public GivenObjects(ClusterSnapshot snapshot)
    {
        foreach (var ingress in snapshot.Ingresses)
        {
            _ingresses.TryAdd(ingress.Reference, ingress);
        }

        _services = NamespacesOf(snapshot.Services);
        _slices = NamespacesOf(snapshot.EndpointSlices);
        _secrets = NamespacesOf(snapshot.Secrets.Where(IsForTls));
        _otherSecrets = NamespacesOf(snapshot.Secrets.Where(static secret => !IsForTls(secret)));
        _configMaps = NamespacesOf(snapshot.ConfigMaps);
        _announced =
        [
            .. snapshot.SourceDiagnostics
                .Where(static diagnostic => diagnostic.Id == IngressDiagnosticIds.KindSkipped)
                .Select(static diagnostic => diagnostic.Resource!.Value)
                .Where(static resource => s_secretMakers.Contains(resource.Kind))
                .Select(static resource => new NamespacedName(resource.Namespace, resource.Name).Namespace),
        ];
    }

    /// <summary>Why a finding cannot be checked from what is given; null when it can.</summary>
    public MissingObjects? ReasonNotToCheck(IngressDiagnostic finding)
    {
        if (finding.Resource is not { Namespace: { } space } resource)
        {
            return null;
        }

        return finding.Id switch
        {
            IngressDiagnosticIds.CatchAll when finding.Severity == IngressDiagnosticSeverity.Info && _ingresses.Count == 1 => MissingObjects.OtherIngresses,
            IngressDiagnosticIds.ServiceNotFound when !_services.Contains(space) => MissingObjects.Services,
            IngressDiagnosticIds.NoReadyEndpoints when !_slices.Contains(space) => MissingObjects.EndpointSlices,
            IngressDiagnosticIds.SecretNotFound when IsAnnounced(resource) => MissingObjects.AnnouncedSecrets,
            IngressDiagnosticIds.SecretNotFound or IngressDiagnosticIds.ClientAuthoritiesUnusable when !_secrets.Contains(space) && NamesASecret(finding)
                => MissingObjects.Secrets,
            IngressDiagnosticIds.ReferencedSecretNotFound when !_otherSecrets.Contains(space) => MissingObjects.Secrets,
            IngressDiagnosticIds.ReferencedConfigMapNotFound when !_configMaps.Contains(space) => MissingObjects.ConfigMaps,
            IngressDiagnosticIds.ReferencedServiceNotFound when !_services.Contains(space) => MissingObjects.Services,
            _ => null,
        };
    }

    // Applications have Secrets of their own: that they are given says nothing about certificates.
    private static bool IsForTls(SecretResource secret)
        => secret.Type == SecretResource.TlsType || secret.CertificatePem is not null || secret.AuthoritiesPem is not null;

    private bool IsAnnounced(ResourceReference ingress)
        => _announced.Contains(ingress.Namespace!)
            || (_ingresses.TryGetValue(ingress, out var resource)
                && s_announcements.Any(name => resource.Metadata.Annotations.TryGetValue(name, out var value) && value is not ("" or "false")));

    // A Secret with authorities that no annotation names is missing wherever one looks.
    private bool NamesASecret(IngressDiagnostic finding)
        => finding.Id == IngressDiagnosticIds.SecretNotFound
            || (_ingresses.TryGetValue(finding.Resource!.Value, out var ingress)
                && ingress.Metadata.Annotations.Any(static item
                    => item.Key.EndsWith("/client-certificate-secret", StringComparison.Ordinal) && item.Value.Length > 0));

    private static HashSet<string> NamespacesOf(IEnumerable<KubernetesResource> resources)
        => [.. resources.Select(static resource => resource.Name.Namespace)];
}

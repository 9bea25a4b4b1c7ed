namespace Ingress.Routing.Kubernetes.ApiServer;

/// <summary>One kind of objects that the server has.</summary>
public sealed record ApiResource(string Group, string Version, string Plural, string Kind, bool IsNamespaced, bool HasStatus = false, string ShortName = "")
{
    public static readonly IReadOnlyList<ApiResource> All =
    [
        new("networking.k8s.io", "v1", "ingresses", "Ingress", true, HasStatus: true, ShortName: "ing"),
        new("networking.k8s.io", "v1", "ingressclasses", "IngressClass", false),
        new("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice", true),
        new("coordination.k8s.io", "v1", "leases", "Lease", true),
        new("events.k8s.io", "v1", "events", "Event", true, ShortName: "ev"),
        new("", "v1", "services", "Service", true, HasStatus: true, ShortName: "svc"),
        new("", "v1", "secrets", "Secret", true),
        new("", "v1", "configmaps", "ConfigMap", true, ShortName: "cm"),
        new("", "v1", "namespaces", "Namespace", false, HasStatus: true, ShortName: "ns"),
    ];

    public string GroupVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    public string Root => Group.Length == 0 ? $"/api/{Version}" : $"/apis/{Group}/{Version}";

    /// <summary>How messages name it.</summary>
    public string Qualified => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    public static ApiResource Of(string kind) => All.Single(resource => resource.Kind == kind);
}

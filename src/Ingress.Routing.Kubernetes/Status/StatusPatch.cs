using System.Text.Json.Nodes;
using Ingress.Routing.Kubernetes.Requests;
using Ingress.Routing.Model;

namespace Ingress.Routing.Kubernetes.Status;

/// <summary>The one request that changes the status of an Ingress.</summary>
internal static class StatusPatch
{
    public static string PathOf(IngressResource ingress)
        => $"apis/networking.k8s.io/v1/namespaces/{ingress.Name.Namespace}/ingresses/{ingress.Name.Name}/status?fieldManager=ingress-gateway";

    /// <summary>A merge patch replaces the list as a whole; with the version in it, only that of the object we have seen (K30).</summary>
    public static ApiBody BodyOf(IngressResource ingress, AddressSet addresses) => ApiBody.MergePatch(new()
    {
        ["metadata"] = new JsonObject { ["resourceVersion"] = ingress.Metadata.ResourceVersion },
        ["status"] = new JsonObject { ["loadBalancer"] = new JsonObject { ["ingress"] = addresses.ToJson() } },
    });
}

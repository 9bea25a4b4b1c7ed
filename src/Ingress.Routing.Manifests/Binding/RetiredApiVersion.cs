namespace Ingress.Routing.Manifests.Binding;

/// <summary>Says what to change in an object of an API version that Kubernetes no longer serves, or never did.</summary>
internal static class RetiredApiVersion
{
    public static string Message(string kind, string apiVersion, string supported)
    {
        // Without a group it can be anything, in a Secret with damaged indentation even the key.
        var version = apiVersion.Contains('/', StringComparison.Ordinal) ? Quote.Of(apiVersion) : "this apiVersion";
        var refusal = $"Kubernetes serves no {kind} of {version}; write apiVersion '{supported}'.";
        var changes = kind == "Ingress" && apiVersion is "networking.k8s.io/v1beta1" or "extensions/v1beta1"
            ? " In each backend, 'serviceName' becomes 'service.name' and 'servicePort' becomes 'service.port.number' (or 'service.port.name');"
                + " each path needs a 'pathType'; 'spec.backend' becomes 'spec.defaultBackend'."
            : "";
        return $"{refusal}{changes} The {kind} is not read.";
    }
}

namespace Ingress.Routing.Manifests.Binding;

/// <summary>What to write instead of the fields that Ingress had before <c>networking.k8s.io/v1</c>.</summary>
internal static class RetiredFields
{
    public static string? AdviseOnSpec(string field)
        => field == "backend" ? "It is the spelling of v1beta1; write 'spec.defaultBackend'." : null;

    public static string? AdviseOnBackend(string field) => field switch
    {
        "serviceName" => "It is the spelling of v1beta1; write 'service.name'.",
        "servicePort" => "It is the spelling of v1beta1; write 'service.port.number', or 'service.port.name' for a port name.",
        _ => null,
    };
}

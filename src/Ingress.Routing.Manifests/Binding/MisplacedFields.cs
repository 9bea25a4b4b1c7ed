namespace Ingress.Routing.Manifests.Binding;

/// <summary>Fields of an Ingress that stand in the wrong place.</summary>
internal static class MisplacedFields
{
    /// <summary>Whether routes are dropped with a field that stands in the wrong place, and the host is left without them.</summary>
    public static bool DropsRoutes(string field) => field is "paths" or "http";

    public static string? AdviseOnObject(string field)
        => field is "rules" or "tls" or "defaultBackend" or "ingressClassName" ? $"It belongs into 'spec': write 'spec.{field}'." : null;

    public static string? AdviseOnSpec(string field) => RetiredFields.AdviseOnSpec(field) ?? field switch
    {
        "host" or "http" => $"It belongs into a rule: write 'rules[].{field}'.",
        "paths" => "It belongs into the 'http' of a rule: write 'rules[].http.paths'.",
        _ => null,
    };

    public static string? AdviseOnRule(string field) => field switch
    {
        "paths" => "It belongs into 'http': write 'http.paths'.",
        "path" or "pathType" or "backend" => $"It belongs into a path: write 'http.paths[].{field}'.",
        _ => null,
    };

    public static string? AdviseOnHttp(string field)
        => field is "path" or "pathType" or "backend" ? $"It belongs into a path: write 'paths[].{field}'." : null;

    public static string? AdviseOnPath(string field) => RetiredFields.AdviseOnBackend(field) ?? (field == "service"
        ? "It belongs into 'backend': write 'backend.service'."
        : null);

    public static string? AdviseOnTls(string field) => field == "host" ? "Write 'hosts', a list." : null;
}

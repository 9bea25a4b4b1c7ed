namespace Ingress.Routing.Manifests.Binding;

/// <summary>Fields of an Ingress that stand in the wrong place. What is dropped with them was meant to be served.</summary>
internal static class MisplacedFields
{
    private static readonly string[] s_fields =
        ["rules", "tls", "defaultBackend", "ingressClassName", "host", "hosts", "secretName", "http", "paths", "path", "pathType", "backend", "service"];

    /// <summary>Whether an unknown field is one of an Ingress, in another place.</summary>
    public static bool IsMisplaced(string field) => s_fields.Contains(field, StringComparer.Ordinal);

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

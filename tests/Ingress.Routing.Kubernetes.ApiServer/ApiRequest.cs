namespace Ingress.Routing.Kubernetes.ApiServer;

/// <summary>A request for objects: what it names and asks.</summary>
public sealed record ApiRequest(ApiResource Resource, string? Namespace, string? Name, string? Subresource, string Verb)
{
    /// <summary>Reads a path; null when it names no resource of the server.</summary>
    public static ApiRequest? Parse(HttpRequest request)
    {
        var path = request.Path.Value ?? "";
        foreach (var root in ApiResource.All.Select(static resource => resource.Root).Distinct())
        {
            if (!path.StartsWith(root + "/", StringComparison.Ordinal))
            {
                continue;
            }

            var rest = path[(root.Length + 1)..].Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToArray();
            string? ns = null;
            if (rest is ["namespaces", var space, _, ..] && rest[2] is not ("status" or "finalize"))
            {
                ns = space;
                rest = rest[2..];
            }

            if (rest.Length == 0 || ApiResource.All.FirstOrDefault(one => one.Root == root && one.Plural == rest[0]) is not { } resource)
            {
                return null;
            }

            var name = rest.Length > 1 ? rest[1] : null;
            return new(resource, ns, name, rest.Length > 2 ? rest[2] : null, VerbOf(request, name));
        }

        return null;
    }

    private static string VerbOf(HttpRequest request, string? name) => request.Method switch
    {
        "GET" when request.Query["watch"].ToString() is "1" or "true" => "watch",
        "GET" => name is null ? "list" : "get",
        "POST" => "create",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" => "delete",
        _ => request.Method,
    };
}

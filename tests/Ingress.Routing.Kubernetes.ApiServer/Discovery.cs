using System.Text.Json.Nodes;

namespace Ingress.Routing.Kubernetes.ApiServer;

/// <summary>Answers what kubectl asks before it asks for objects.</summary>
internal static class Discovery
{
    private static readonly string[] s_verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

    /// <summary>The answer for a path; null when there is none.</summary>
    public static JsonObject? Answer(string path) => path switch
    {
        "/version" => new()
        {
            ["major"] = "1",
            ["minor"] = "36",
            ["gitVersion"] = "v1.36.2",
            ["platform"] = "linux/amd64",
        },
        "/api" => new()
        {
            ["kind"] = "APIVersions",
            ["versions"] = new JsonArray("v1"),
            ["serverAddressByClientCIDRs"] = new JsonArray(new JsonObject { ["clientCIDR"] = "0.0.0.0/0", ["serverAddress"] = "127.0.0.1" }),
        },
        "/apis" => new()
        {
            ["kind"] = "APIGroupList",
            ["apiVersion"] = "v1",
            ["groups"] = new JsonArray([.. Groups().Select(GroupOf)]),
        },
        _ => ApiResource.All.Any(resource => resource.Root == path) ? Resources(path) : null,
    };

    private static IEnumerable<string> Groups()
        => ApiResource.All.Select(static resource => resource.Group).Where(static group => group.Length > 0).Distinct();

    private static JsonNode GroupOf(string group)
    {
        var version = new JsonObject { ["groupVersion"] = $"{group}/v1", ["version"] = "v1" };
        return new JsonObject { ["name"] = group, ["versions"] = new JsonArray(version), ["preferredVersion"] = version.DeepClone() };
    }

    private static JsonObject Resources(string root)
    {
        var resources = new JsonArray();
        foreach (var resource in ApiResource.All.Where(resource => resource.Root == root))
        {
            var entry = new JsonObject
            {
                ["name"] = resource.Plural,
                ["singularName"] = resource.Kind.ToLowerInvariant(),
                ["namespaced"] = resource.IsNamespaced,
                ["kind"] = resource.Kind,
                ["verbs"] = new JsonArray([.. s_verbs.Select(static verb => JsonValue.Create(verb))]),
            };
            if (resource.ShortName.Length > 0)
            {
                entry["shortNames"] = new JsonArray(resource.ShortName);
            }

            resources.Add(entry);
            if (resource.HasStatus)
            {
                resources.Add(new JsonObject
                {
                    ["name"] = resource.Plural + "/status",
                    ["singularName"] = "",
                    ["namespaced"] = resource.IsNamespaced,
                    ["kind"] = resource.Kind,
                    ["verbs"] = new JsonArray("get", "patch", "update"),
                });
            }
        }

        return new()
        {
            ["kind"] = "APIResourceList",
            ["apiVersion"] = "v1",
            ["groupVersion"] = root.TrimStart('/').Split('/', 2)[1],
            ["resources"] = resources,
        };
    }
}

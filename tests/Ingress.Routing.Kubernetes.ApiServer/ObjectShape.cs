using System.Globalization;
using System.Text.Json.Nodes;

namespace Ingress.Routing.Kubernetes.ApiServer;

/// <summary>Gives objects the form in which the API server stores them.</summary>
internal static class ObjectShape
{
    private static readonly string[] s_metadata =
    [
        "name", "generateName", "namespace", "uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp", "labels", "annotations",
        "ownerReferences", "finalizers", "managedFields",
    ];

    /// <summary>A new object, with what the server adds.</summary>
    public static JsonObject Created(ApiResource resource, JsonObject given, string? ns, string name, DateTimeOffset now)
    {
        var created = (JsonObject)given.DeepClone();
        created.Remove("kind");
        created.Remove("apiVersion");
        var metadata = created["metadata"] as JsonObject ?? [];
        created.Remove("metadata");
        metadata["name"] = name;
        metadata.Remove("namespace");
        if (ns is not null)
        {
            metadata["namespace"] = ns;
        }

        metadata["uid"] = Guid.NewGuid().ToString();
        metadata["creationTimestamp"] = now.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        if (resource.Kind is "Ingress" or "IngressClass" or "EndpointSlice")
        {
            metadata["generation"] = 1;
        }

        created["metadata"] = metadata;
        if (resource.Kind == "Secret")
        {
            created["type"] = created["type"]?.DeepClone() ?? "Opaque";
        }

        if (resource.Kind == "Ingress")
        {
            created["status"] = new JsonObject { ["loadBalancer"] = new JsonObject() };
        }

        if (resource.Kind == "Service")
        {
            CompleteService(created);
        }

        if (resource.Kind == "Namespace")
        {
            created["spec"] ??= new JsonObject { ["finalizers"] = new JsonArray("kubernetes") };
            created["status"] = new JsonObject { ["phase"] = "Active" };
        }

        metadata["managedFields"] = ManagedFields(resource, created, now);
        return Ordered(created);
    }

    /// <summary>The object with its fields in the order in which the server writes them.</summary>
    public static JsonObject Ordered(JsonObject given)
    {
        var ordered = new JsonObject { ["metadata"] = OrderedMetadata((JsonObject)given["metadata"]!) };
        foreach (var (name, value) in given.OrderBy(static pair => pair.Key == "status"))
        {
            if (name is not ("metadata" or "kind" or "apiVersion"))
            {
                ordered[name] = value?.DeepClone();
            }
        }

        return ordered;
    }

    private static JsonObject OrderedMetadata(JsonObject given)
    {
        var ordered = new JsonObject();
        foreach (var name in s_metadata)
        {
            if (given[name] is { } value && value is not JsonObject { Count: 0 })
            {
                ordered[name] = value.DeepClone();
            }
        }

        return ordered;
    }

    private static JsonArray ManagedFields(ApiResource resource, JsonObject stored, DateTimeOffset now)
    {
        var fields = new JsonObject();
        foreach (var (name, value) in stored.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            if (name == "spec" && value is JsonObject spec)
            {
                var set = new JsonObject();
                foreach (var field in spec.Select(static pair => pair.Key).Order(StringComparer.Ordinal))
                {
                    set["f:" + field] = new JsonObject();
                }

                fields["f:spec"] = set;
            }
            else if (name is not ("status" or "metadata"))
            {
                fields["f:" + name] = new JsonObject();
            }
        }

        return new(new JsonObject
        {
            ["manager"] = "unknown",
            ["operation"] = "Update",
            ["apiVersion"] = resource.GroupVersion,
            ["time"] = now.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            ["fieldsType"] = "FieldsV1",
            ["fieldsV1"] = fields,
        });
    }

    private static void CompleteService(JsonObject service)
    {
        var given = service["spec"] as JsonObject ?? [];
        service.Remove("spec");
        var type = given["type"]?.GetValue<string>() ?? "ClusterIP";
        var spec = new JsonObject();
        Copy("ports");
        Copy("selector");
        if (type != "ExternalName")
        {
            spec["clusterIP"] = given["clusterIP"]?.DeepClone() ?? $"10.96.{Random.Shared.Next(256)}.{Random.Shared.Next(1, 255)}";
            spec["clusterIPs"] = new JsonArray(spec["clusterIP"]!.DeepClone());
        }

        spec["type"] = type;
        spec["sessionAffinity"] = "None";
        Copy("externalName");
        if (type != "ExternalName")
        {
            spec["ipFamilies"] = given["ipFamilies"]?.DeepClone() ?? new JsonArray("IPv4");
            spec["ipFamilyPolicy"] = given["ipFamilyPolicy"]?.DeepClone() ?? "SingleStack";
            spec["internalTrafficPolicy"] = "Cluster";
        }

        foreach (var port in spec["ports"] as JsonArray ?? [])
        {
            port!["protocol"] ??= "TCP";
            port["targetPort"] ??= port["port"]!.DeepClone();
        }

        service["spec"] = spec;
        service["status"] = new JsonObject { ["loadBalancer"] = new JsonObject() };

        void Copy(string field)
        {
            if (given[field] is { } value)
            {
                spec[field] = value.DeepClone();
            }
        }
    }
}

using System.Text.Json.Nodes;

namespace Ingress.Routing.Kubernetes.ApiServer;

/// <summary>An answer other than success, as a Status.</summary>
internal sealed class ApiException(int code, string? reason, string message, JsonObject? details = null, string? token = null, int? retryAfter = null) : Exception(message)
{
    public int Code { get; } = code;

    public int? RetryAfter { get; } = retryAfter;

    public JsonObject ToStatus()
    {
        var status = new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = token is null ? new JsonObject() : new JsonObject { ["continue"] = token },
            ["status"] = "Failure",
            ["message"] = Message,
        };
        if (reason is not null)
        {
            status["reason"] = reason;
        }

        if (details is not null)
        {
            status["details"] = details.DeepClone();
        }

        status["code"] = Code;
        return status;
    }

    public static ApiException NotFound(ApiResource resource, string name)
        => new(404, "NotFound", $"{resource.Qualified} \"{name}\" not found", Details(resource, name));

    public static ApiException Exists(ApiResource resource, string name)
        => new(409, "AlreadyExists", $"{resource.Qualified} \"{name}\" already exists", Details(resource, name));

    public static ApiException Conflict(ApiResource resource, string name) => new(
        409,
        "Conflict",
        $"Operation cannot be fulfilled on {resource.Qualified} \"{name}\": the object has been modified; please apply your changes to the latest version and try again",
        Details(resource, name));

    public static ApiException Expired(string message, string? token = null) => new(410, "Expired", message, token: token);

    public static ApiException BadRequest(string message) => new(400, "BadRequest", message);

    private static JsonObject Details(ApiResource resource, string name)
    {
        var details = new JsonObject { ["name"] = name };
        if (resource.Group.Length > 0)
        {
            details["group"] = resource.Group;
        }

        details["kind"] = resource.Plural;
        return details;
    }
}

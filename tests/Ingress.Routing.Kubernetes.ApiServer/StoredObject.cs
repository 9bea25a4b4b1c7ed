using System.Text.Json.Nodes;

namespace Ingress.Routing.Kubernetes.ApiServer;

/// <summary>One object as stored; never changed, only replaced.</summary>
/// <param name="Json">As in lists: without kind and apiVersion.</param>
public sealed record StoredObject(string? Namespace, string Name, long Version, JsonObject Json)
{
    private byte[]? _bytes;
    private byte[]? _typedBytes;

    public string Key => Namespace is null ? Name : $"{Namespace}/{Name}";

    /// <summary>The object as it stands in a list.</summary>
    public byte[] Bytes => _bytes ??= JsonText.Of(Json);

    /// <summary>The object with kind and apiVersion, as it stands alone and in watches.</summary>
    public byte[] TypedBytes(ApiResource resource) => _typedBytes ??= JsonText.Of(Typed(resource));

    public JsonObject Typed(ApiResource resource)
    {
        var typed = new JsonObject { ["kind"] = resource.Kind, ["apiVersion"] = resource.GroupVersion };
        foreach (var (name, value) in Json)
        {
            typed[name] = value?.DeepClone();
        }

        return typed;
    }
}

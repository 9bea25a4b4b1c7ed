using System.Text;
using System.Text.Json.Nodes;

namespace Ingress.Routing.Kubernetes.Requests;

/// <summary>The body of a request.</summary>
/// <param name="ContentType">Its media type: of patches, it says what kind of patch it is.</param>
/// <param name="Json">UTF-8.</param>
internal sealed record ApiBody(string ContentType, byte[] Json)
{
    public static ApiBody Of(JsonObject value) => new("application/json", Bytes(value));

    public static ApiBody MergePatch(JsonObject value) => new("application/merge-patch+json", Bytes(value));

    private static byte[] Bytes(JsonObject value) => Encoding.UTF8.GetBytes(value.ToJsonString());
}

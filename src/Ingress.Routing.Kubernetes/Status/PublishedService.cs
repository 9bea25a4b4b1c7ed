using System.Text.Json.Nodes;
using Ingress.Routing.Kubernetes.Requests;

namespace Ingress.Routing.Kubernetes.Status;

/// <summary>The addresses at which a Service is reached, by the rules of ingress-nginx for its <c>--publish-service</c>.</summary>
internal static class PublishedService
{
    /// <param name="service">A Service as the API server tells it.</param>
    /// <returns>Its addresses. None while a load balancer has not given it one yet.</returns>
    public static AddressSet AddressesOf(JsonObject service)
    {
        var spec = service["spec"] as JsonObject;
        var external = Texts(spec, "externalIPs");
        IEnumerable<string?> found = ApiAnswer.Text(spec, "type") switch
        {
            "ExternalName" => [ApiAnswer.Text(spec, "externalName")?.TrimEnd('.')],
            "LoadBalancer" => [.. LoadBalancer(service), .. external],
            _ when external.Count > 0 => external,
            _ => [ApiAnswer.Text(spec, "clusterIP")],
        };
        return new(found
            .Where(static text => text is not null && text != "None")
            .Select(static text => StatusAddress.TryParse(text, out var address) ? address : (StatusAddress?)null)
            .OfType<StatusAddress>());
    }

    // Only these two fields: an Ingress knows no 'ipMode' (K30).
    private static IEnumerable<string?> LoadBalancer(JsonObject service)
        => ((service["status"] as JsonObject)?["loadBalancer"] as JsonObject)?["ingress"] is JsonArray entries
            ? entries.OfType<JsonObject>().SelectMany(static entry => new[] { ApiAnswer.Text(entry, "ip"), ApiAnswer.Text(entry, "hostname") })
            : [];

    private static List<string?> Texts(JsonObject? value, string name)
        => value?[name] is JsonArray items
            ? [.. items.OfType<JsonValue>().Select(static item => item.TryGetValue<string>(out var text) ? text : null)]
            : [];
}

using System.Text.Json.Serialization;
using Ingress.Routing.Model;

namespace Ingress.Routing.Gateway.Output;

/// <summary>How the requests of a route are shared among several Services.</summary>
internal sealed record SplitJson(IReadOnlyList<SplitJson.BackendJson> Backends, SplitJson.CanaryJson? Canary)
{
    public static SplitJson From(TrafficSplit split) => new(
        [.. split.Backends.Select(static backend => new BackendJson(backend.Service.Name.ToString(), backend.Service.Port, backend.Weight))],
        split.Canary is { } canary
            ? new(
                canary.Service.Name.ToString(),
                canary.Service.Port,
                canary.Source.ToString(),
                canary.Rule.Header,
                canary.Rule.HeaderValue,
                canary.Rule.Cookie,
                canary.Rule.Weight,
                canary.Rule.WeightTotal)
            : null);

    internal sealed record BackendJson(string Service, [property: JsonConverter(typeof(PortJsonConverter))] ServiceBackendPort Port, int Weight);

    internal sealed record CanaryJson(
        string Service,
        [property: JsonConverter(typeof(PortJsonConverter))] ServiceBackendPort Port,
        string Ingress,
        string? Header,
        string? HeaderValue,
        string? Cookie,
        int Weight,
        int WeightTotal);
}

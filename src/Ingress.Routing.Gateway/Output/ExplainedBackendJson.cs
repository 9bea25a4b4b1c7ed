using System.Text.Json.Serialization;
using Ingress.Routing.Explanation;
using Ingress.Routing.Model;

namespace Ingress.Routing.Gateway.Output;

/// <summary>What is behind a route, as <c>explain --format json</c> shows it.</summary>
internal sealed record ExplainedBackendJson
{
    public required string? Service { get; init; }

    [JsonConverter(typeof(PortJsonConverter))]
    public required ServiceBackendPort? Port { get; init; }

    public required ResourceJson? Resource { get; init; }

    public required bool IsServed { get; init; }

    public required string? Status { get; init; }

    public required string? AppProtocol { get; init; }

    public required IReadOnlyList<EndpointJson> Endpoints { get; init; }

    public required string Message { get; init; }

    public required PlaceJson? Location { get; init; }

    public required PlaceJson? ServiceLocation { get; init; }

    public static ExplainedBackendJson From(BackendExplanation backend) => new()
    {
        Service = backend.Service?.Name.ToString(),
        Port = backend.Service?.Port,
        Resource = ResourceJson.From(backend.Resource),
        IsServed = backend.IsServed,
        Status = backend.Service is null ? null : JsonName.Of(backend.Status),
        AppProtocol = backend.AppProtocol,
        Endpoints =
        [
            .. backend.Endpoints.Select(endpoint => new EndpointJson(
                endpoint.Slice.ToString(),
                endpoint.Address,
                endpoint.Port,
                JsonName.Of(endpoint.Outcome),
                PlaceJson.From(endpoint.Location))),
        ],
        Message = backend.Message,
        Location = PlaceJson.From(backend.Location),
        ServiceLocation = PlaceJson.From(backend.ServiceLocation),
    };

    internal sealed record EndpointJson(string Slice, string Address, int? Port, string Outcome, PlaceJson? Location);
}

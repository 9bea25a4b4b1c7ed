using Ingress.Routing.Model;

namespace Ingress.Routing.Gateway.Output;

/// <summary>A resource backend; it lives in the namespace of its Ingress.</summary>
internal sealed record ResourceJson
{
    public required string? ApiGroup { get; init; }

    public required string? Kind { get; init; }

    public required string? Name { get; init; }

    public static ResourceJson? From(TypedLocalObjectReference? resource)
        => resource is null ? null : new() { ApiGroup = resource.ApiGroup, Kind = resource.Kind, Name = resource.Name };
}

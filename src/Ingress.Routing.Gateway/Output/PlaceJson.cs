using Ingress.Routing.Model;

namespace Ingress.Routing.Gateway.Output;

/// <summary>A place in a file.</summary>
internal sealed record PlaceJson(string File, int Line, int Column)
{
    public static PlaceJson? From(SourceLocation? location)
        => location is { } place ? new(place.File, place.Line, place.Column) : null;
}

using System.Globalization;

namespace Ingress.Routing.Model;

/// <summary>A Service port, by number or by name, exactly one of the two when valid.</summary>
public sealed record ServiceBackendPort
{
    /// <summary>Neither number nor name: the first TCP port of the Service. Only annotations can mean it; in a backend it is invalid.</summary>
    public static ServiceBackendPort First { get; } = new();

    /// <summary>The number of the Service port; null or 0 when unset.</summary>
    public int? Number { get; init; }

    /// <summary>The name of the Service port, case-sensitive; null or empty when unset.</summary>
    public string? Name { get; init; }

    /// <summary>Returns the number or the name.</summary>
    public override string ToString() => string.IsNullOrEmpty(Name) ? (Number ?? 0).ToString(CultureInfo.InvariantCulture) : Name;
}

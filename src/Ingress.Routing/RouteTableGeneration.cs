namespace Ingress.Routing;

/// <summary>A route table that is or was in force, with its number.</summary>
/// <remarks>Immutable. Numbers count within one process: a table published later has a higher one, also when it is the same table again.</remarks>
public sealed class RouteTableGeneration
{
    internal RouteTableGeneration(IngressRouteTable table, long number)
    {
        Table = table;
        Number = number;
    }

    /// <summary>The table.</summary>
    public IngressRouteTable Table { get; }

    /// <summary>Its number: 1 for the first table that was published, 0 for the empty one before.</summary>
    public long Number { get; }

    /// <summary>Returns the number.</summary>
    public override string ToString() => Number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

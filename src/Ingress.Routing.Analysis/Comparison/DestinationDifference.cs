namespace Ingress.Routing.Comparison;

/// <summary>A Service port to which both tables send requests, and for which only one of them has a destination.</summary>
/// <remarks>The requests stay with the Service; in the table without a destination they are answered with 503. Immutable.</remarks>
public sealed class DestinationDifference
{
    internal DestinationDifference(ServiceReference service, DestinationStatus before, DestinationStatus after)
    {
        Service = service;
        Before = before;
        After = after;
    }

    /// <summary>The Service port.</summary>
    public ServiceReference Service { get; }

    /// <summary>Whether the first table has a destination for it.</summary>
    public DestinationStatus Before { get; }

    /// <summary>Whether the second table has one.</summary>
    public DestinationStatus After { get; }

    /// <summary>Returns the difference on one line.</summary>
    public override string ToString() => $"{Service}: {Before} -> {After}";
}

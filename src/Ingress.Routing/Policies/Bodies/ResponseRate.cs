namespace Ingress.Routing.Policies;

/// <summary>Limits how fast the body of a response is sent.</summary>
/// <param name="BytesPerSecond">How fast; positive. Each response has it to itself.</param>
/// <param name="After">How many bytes are sent at full speed before.</param>
public sealed record ResponseRate(long BytesPerSecond, long After) : RoutePolicy
{
    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.Backend;

    /// <inheritdoc />
    public override string Describe() => $"send {BytesPerSecond} bytes a second{(After > 0 ? $" after {After} bytes" : "")}";
}

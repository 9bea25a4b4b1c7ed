namespace Ingress.Routing.Policies;

/// <summary>Reads the whole body of a request before the backend is asked.</summary>
/// <param name="MemoryBytes">How much of it is kept in memory; the rest goes to a file of its own, which is gone with the request.</param>
/// <remarks>
/// A slow client occupies no backend, and a body that came without a length gets one. Bodies of gRPC and of upgraded connections have no end to
/// wait for, and are passed on as they come.
/// </remarks>
public sealed record RequestBuffering(int MemoryBytes) : RoutePolicy
{
    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.Body;

    /// <inheritdoc />
    public override string Describe() => $"read the whole body first, {MemoryBytes} bytes of it in memory";
}

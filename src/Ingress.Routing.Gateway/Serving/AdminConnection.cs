namespace Ingress.Routing.Gateway.Serving;

/// <summary>Marks the connections of the admin listener.</summary>
/// <remarks>
/// The socket itself says what a request may reach. Neither Host, which the client writes, nor the port, which another
/// address may use too, could tell the two apart.
/// </remarks>
internal sealed class AdminConnection
{
    public static AdminConnection Instance { get; } = new();
}

namespace Ingress.Routing.DataPlane.Steady;

/// <summary>What the clients of one run share.</summary>
/// <param name="HttpPort">Where the gateway listens without TLS.</param>
/// <param name="HttpsPort">Where it listens with TLS.</param>
internal sealed record Surroundings(int HttpPort, int HttpsPort, World World, Timeline Timeline, Judge Judge, Losses Losses, Latencies Latencies);

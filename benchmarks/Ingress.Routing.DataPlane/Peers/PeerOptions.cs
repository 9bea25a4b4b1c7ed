namespace Ingress.Routing.DataPlane.Peers;

/// <summary>What every peer of a comparison is started with.</summary>
/// <param name="Hosts">How many hosts it serves, named by <see cref="Fleet.Host"/>; each leads to the backend with all its paths.</param>
/// <param name="BackendPort">The port of loopback where the backend listens.</param>
/// <param name="Processors">Which processors it may use.</param>
internal sealed record PeerOptions(int Hosts, int BackendPort, Processors Processors);

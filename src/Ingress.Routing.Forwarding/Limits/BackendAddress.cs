using System.Net;

namespace Ingress.Routing.Forwarding.Limits;

/// <summary>An address of a backend. Only for who holds the gate of <see cref="BackendConnections"/>.</summary>
internal sealed class BackendAddress(DnsEndPoint endPoint)
{
    public DnsEndPoint EndPoint { get; } = endPoint;

    /// <summary>The names under which YARP knows it.</summary>
    public List<string> Prefixes { get; } = [];

    public HashSet<BackendConnection> Connections { get; } = [];

    /// <summary>How many requests are being sent to it, or answered by it.</summary>
    public int Requests { get; set; }

    /// <summary>When the last one ended, in milliseconds of the system clock.</summary>
    public long IdleSince { get; set; } = Environment.TickCount64;
}

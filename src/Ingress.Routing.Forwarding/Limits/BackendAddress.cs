using System.Net;

namespace Ingress.Routing.Forwarding.Limits;

/// <summary>An address of a backend, with the requests that are being sent to it.</summary>
/// <remarks>Requests are counted without a lock. Connections and names are only for who holds the gate of <see cref="BackendConnections"/>.</remarks>
internal sealed class BackendAddress(DnsEndPoint endPoint)
{
    // Far enough below zero that no number of requests that come too late makes it positive.
    private const int Retired = int.MinValue / 2;

    private int _requests;
    private volatile int _connections;
    private long _idleSince = Environment.TickCount64;

    public DnsEndPoint EndPoint { get; } = endPoint;

    /// <summary>The names under which YARP knows it.</summary>
    public List<string> Prefixes { get; } = [];

    public HashSet<BackendConnection> Connections { get; } = [];

    /// <summary>Whether no request is being sent to it, or answered by it.</summary>
    public bool IsIdle => Volatile.Read(ref _requests) == 0;

    /// <summary>When the last one ended, in milliseconds of the system clock.</summary>
    public long IdleSince => Volatile.Read(ref _idleSince);

    /// <summary>Notes a request, to be followed by <see cref="End"/>.</summary>
    /// <returns>False when the address has been given up meanwhile, and has a successor.</returns>
    public bool TryBegin()
    {
        if (Interlocked.Increment(ref _requests) > 0)
        {
            return true;
        }

        Interlocked.Decrement(ref _requests);
        return false;
    }

    /// <summary>Notes that a request has ended.</summary>
    /// <returns>Whether nothing is left that it is needed for, as far as can be seen without the gate.</returns>
    public bool End()
    {
        Volatile.Write(ref _idleSince, Environment.TickCount64);
        return Interlocked.Decrement(ref _requests) == 0 && _connections == 0;
    }

    public void Add(BackendConnection connection)
    {
        Connections.Add(connection);
        _connections = Connections.Count;
    }

    public void Remove(BackendConnection connection)
    {
        Connections.Remove(connection);
        _connections = Connections.Count;
    }

    /// <summary>Gives it up, if it has neither requests nor connections.</summary>
    public bool TryRetire() => Connections.Count == 0 && Interlocked.CompareExchange(ref _requests, Retired, 0) == 0;
}

using System.Net.Sockets;

namespace Ingress.Routing.Forwarding.Limits;

/// <summary>A connection to a backend, which gives its place back when it is closed.</summary>
internal sealed class BackendConnection(Socket socket, BackendAddress address, BackendConnections owner)
    : NetworkStream(socket, ownsSocket: true)
{
    private int _closed;

    public BackendAddress Address { get; } = address;

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && Interlocked.Exchange(ref _closed, 1) == 0)
        {
            owner.Remove(this);
        }
    }
}

namespace Ingress.Routing.AspNetCore;

/// <summary>Tells that the server is about to stop, and how far it is with that.</summary>
/// <remarks>
/// <para>
/// A server stops in three steps. When it is told to stop, its answers ask clients to leave: <c>Connection: close</c> over HTTP/1.1, GOAWAY over
/// HTTP/2. It goes on accepting for <see cref="IngressConnectionOptions.ShutdownDelay"/>, so that whoever sends requests here has time to hear of it. Then the
/// listeners are closed, and requests that are being answered have <see cref="IngressConnectionOptions.DrainTimeout"/> to end. Last, the rest is cut off.
/// </para>
/// <para>Registered as a singleton by <c>UseIngressConnectionLimits</c>. Thread-safe.</para>
/// </remarks>
public sealed class ConnectionDrain : IDisposable
{
    private readonly CancellationTokenSource _announced = new();
    private readonly CancellationTokenSource _started = new();
    private volatile bool _isAnnounced;

    internal ConnectionDrain()
    {
        Announced = _announced.Token;
        Started = _started.Token;
    }

    /// <summary>Cancelled when the server has been told to stop. It is not ready from here on, and serves as before.</summary>
    public CancellationToken Announced { get; }

    /// <summary>Cancelled when the server accepts no connection any more. What could go on for ever has to end now.</summary>
    public CancellationToken Started { get; }

    /// <summary>Whether answers are to ask clients to leave; read by every request.</summary>
    internal bool IsAnnounced => _isAnnounced;

    /// <inheritdoc/>
    public void Dispose()
    {
        _announced.Dispose();
        _started.Dispose();
    }

    internal void Announce()
    {
        _isAnnounced = true;
        _announced.Cancel();
    }

    internal void Start()
    {
        Announce();
        _started.Cancel();
    }
}

using Ingress.Routing.AspNetCore.Connections;

namespace Ingress.Routing.AspNetCore;

/// <summary>How many connections the limit on open files leaves for clients and for backends.</summary>
/// <remarks>
/// <para>
/// A process that runs out of descriptors cannot start a thread or read a file, and the runtime ends it. So what the process uses for itself
/// is measured again and again, a reserve is left, and the rest is shared out. Registered as a singleton by
/// <c>UseIngressConnectionLimits</c>.
/// </para>
/// <para>Thread-safe.</para>
/// </remarks>
public sealed class ConnectionBudget
{
    private const int SmallestReserve = 6;
    private const int LargestReserve = 256;

    // Where the number of open files cannot be read. That many are open in a process that has loaded everything.
    private const int UnknownUse = 300;

    // Counting thousands of descriptors takes milliseconds; this way it takes a fiftieth of the time at most.
    private const int RestPerWork = 49;

    private static readonly TimeSpan s_shortestRest = TimeSpan.FromMilliseconds(20);

    private volatile IngressConnectionOptions _options;
    private readonly IOpenFiles _files;
    private readonly TimeProvider _time;
    private volatile Share _share;
    private int _listeners;
    private int _clients;
    private int _backends;
    private int _isMeasuring;
    private long _measureAgain;

    internal ConnectionBudget(IngressConnectionOptions options, IOpenFiles files, TimeProvider time)
    {
        _options = options;
        _files = files;
        _time = time;
        _share = Measure();
    }

    /// <summary>The limit on open files; null when the platform sets none.</summary>
    public int? OpenFileLimit => _files.Limit;

    /// <summary>How many connections clients may have at this moment; at least 1.</summary>
    public int MaxClientConnections => Current().Clients;

    /// <summary>How many connections to backends may be open at this moment; at least 1.</summary>
    public int MaxBackendConnections => Current().Backends;

    /// <summary>How many connections clients have, those included that wait to be taken in.</summary>
    public int ClientConnections => Volatile.Read(ref _clients);

    /// <summary>How many connections to backends are open.</summary>
    public int BackendConnections => Volatile.Read(ref _backends);

    /// <summary>Notes a connection to a backend that is about to be opened, if there is room for it.</summary>
    /// <returns>Whether there is room. If so, <see cref="RemoveBackendConnection"/> has to follow when it is closed.</returns>
    public bool TryAddBackendConnection()
    {
        var max = MaxBackendConnections;
        if (Interlocked.Increment(ref _backends) <= max)
        {
            return true;
        }

        Interlocked.Decrement(ref _backends);
        return false;
    }

    /// <summary>Notes that a connection to a backend has been closed.</summary>
    public void RemoveBackendConnection() => Interlocked.Decrement(ref _backends);

    /// <summary>Whether descriptors are so few that a listener can keep no more than one.</summary>
    internal bool IsScarce => Current().Clients < 16;

    /// <summary>Takes other numbers from now on.</summary>
    internal void Change(IngressConnectionOptions options)
    {
        _options = options;
        _share = Measure();
    }

    // Each listener may hold one connection that it has accepted and not taken in yet.
    internal void AddListener() => Interlocked.Increment(ref _listeners);

    internal void RemoveListener() => Interlocked.Decrement(ref _listeners);

    internal void AddClient() => Interlocked.Increment(ref _clients);

    internal void RemoveClient() => Interlocked.Decrement(ref _clients);

    private Share Current()
    {
        if (_time.GetTimestamp() < Volatile.Read(ref _measureAgain) || Interlocked.Exchange(ref _isMeasuring, 1) != 0)
        {
            return _share;
        }

        _share = Measure();
        Volatile.Write(ref _isMeasuring, 0);
        return _share;
    }

    private Share Measure()
    {
        if (_files.Limit is not { } limit)
        {
            Volatile.Write(ref _measureAgain, long.MaxValue);
            return new(_options.MaxClientConnections ?? int.MaxValue, _options.MaxBackendConnections ?? int.MaxValue);
        }

        var started = _time.GetTimestamp();
        var connections = Volatile.Read(ref _clients) + Volatile.Read(ref _backends);
        var own = _files.Count() is { } open ? Math.Max(0, open - connections) : UnknownUse;
        var rest = (_time.GetTimestamp() - started) * RestPerWork;
        var shortest = (long)(s_shortestRest.TotalSeconds * _time.TimestampFrequency);
        Volatile.Write(ref _measureAgain, _time.GetTimestamp() + Math.Max(rest, shortest));

        var free = Math.Max(0, limit - own);
        return ShareOut(Math.Max(0, free - Volatile.Read(ref _listeners) - Math.Clamp(free / 8, SmallestReserve, LargestReserve)));
    }

    // Halves, for a request takes one of each; who is given less than its half leaves more to the other.
    private Share ShareOut(int total)
    {
        var clients = Math.Min(_options.MaxClientConnections ?? int.MaxValue, total - (total / 2));
        var backends = Math.Min(_options.MaxBackendConnections ?? int.MaxValue, total - clients);
        clients = Math.Min(_options.MaxClientConnections ?? int.MaxValue, total - backends);
        return new(Math.Max(1, clients), Math.Max(1, backends));
    }

    private sealed record Share(int Clients, int Backends);
}

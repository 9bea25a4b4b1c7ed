using System.Net;

namespace Ingress.Routing.AspNetCore;

/// <summary>How many connections may be open at once, and how they end when the server stops; read once, when the server starts.</summary>
/// <remarks>
/// Without a word, the limit on open files (<c>ulimit -n</c>, <c>LimitNOFILE</c>) decides: what the process does not use for itself is
/// shared out between clients and backends, and a reserve is left for files and threads. Numbers beyond that share are cut down to it.
/// </remarks>
public sealed class IngressConnectionOptions
{
    /// <summary>The configuration section these settings bind to by convention.</summary>
    public const string SectionName = "IngressRouting:Connections";

    /// <summary>How many connections clients may have open; null, the default, takes what the limit on open files leaves.</summary>
    public int? MaxClientConnections { get; set; }

    /// <summary>How many connections to backends may be open; null, the default, takes what the limit on open files leaves.</summary>
    public int? MaxBackendConnections { get; set; }

    /// <summary>
    /// How long the server goes on accepting connections after it was told to stop, so that load balancers can take it out; from 0, the default, to one hour.
    /// </summary>
    /// <remarks>Its answers ask clients to leave meanwhile. <see cref="ConnectionDrain.Announced"/> tells health checks.</remarks>
    public TimeSpan ShutdownDelay { get; set; }

    /// <summary>
    /// How long what is open may go on after that, before it is cut off; from 0 to one day. The default is 30 seconds.
    /// </summary>
    /// <remarks>The host gets as much time to stop as both take together (<c>HostOptions.ShutdownTimeout</c>), if it has less.</remarks>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Says which listeners go on until everything else has ended, such as one for health checks and metrics; null, the default, names none.
    /// </summary>
    /// <remarks>It is asked once about each, with the end point as it was given to Kestrel.</remarks>
    public Func<EndPoint, bool>? OutlivesDrain { get; set; }
}

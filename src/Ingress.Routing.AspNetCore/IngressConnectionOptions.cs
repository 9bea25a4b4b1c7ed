using System.Net;

namespace Ingress.Routing.AspNetCore;

/// <summary>
/// How many connections may be open and how many requests may be answered at once, how slow clients may be, and how all of it ends when the server stops.
/// </summary>
/// <remarks>
/// <para>
/// Without a word, the limit on open files (<c>ulimit -n</c>, <c>LimitNOFILE</c>) decides: what the process does not use for itself is
/// shared out between clients and backends, and a reserve is left for files and threads. Numbers beyond that share are cut down to it.
/// </para>
/// <para>
/// What is about stopping is read once, when the server starts. The rest is in force as soon as it changes, for instance in a configuration file that is
/// watched. What is open by then stays.
/// </para>
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
    /// How many requests may be answered at once; from 1. Null, the default, takes half of the memory that the process may have, at 64 KiB a request: from 256 to
    /// 65,536.
    /// </summary>
    /// <remarks>Further ones wait for <see cref="QueueTimeout"/> and are answered with 503 and <c>Retry-After</c> then.</remarks>
    public int? MaxRequests { get; set; }

    /// <summary>
    /// How many requests of one client may be answered at once; from 1. Null, the default, takes half of <see cref="MaxRequests"/>.
    /// </summary>
    /// <remarks>
    /// A client is an IPv4 address or an IPv6 network of 64 bits. It is the one that a trusted proxy names, if the connection comes from one. Further requests wait
    /// as above.
    /// </remarks>
    public int? MaxRequestsPerClient { get; set; }

    /// <summary>
    /// How many requests may wait until one of these limits lets them in; from 0. Null, the default, takes as many as may be answered, 1,024 at most.
    /// </summary>
    /// <remarks>Clients take turns. When it is full, the client with the most requests in it loses its last one to another client.</remarks>
    public int? MaxQueuedRequests { get; set; }

    /// <summary>How long a request may wait; from 0 to one minute. The default is one second.</summary>
    public TimeSpan QueueTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long the body of a request may be behind <see cref="MinBodyDataRate"/> before it is answered with 408; from one second to one day. The default is
    /// 30 seconds, and null sets no limit.
    /// </summary>
    /// <remarks>
    /// Only the time counts during which the server waits for the client, and only until the response begins: after that the two may be as quiet as they like, and
    /// <see cref="IRequestBodyProgressFeature.MayBeQuiet"/> says so of others. Upgraded connections, such as WebSockets, have no body.
    /// </remarks>
    public TimeSpan? BodyTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many bytes of a request body have to come in a second; from 1. The default is 100.</summary>
    public int MinBodyDataRate { get; set; } = 100;

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

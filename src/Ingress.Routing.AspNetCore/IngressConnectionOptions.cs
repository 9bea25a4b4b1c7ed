namespace Ingress.Routing.AspNetCore;

/// <summary>How many connections may be open at once; read once, when the server starts.</summary>
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
}

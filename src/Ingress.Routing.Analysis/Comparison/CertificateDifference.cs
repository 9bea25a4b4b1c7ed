using Ingress.Routing.Tls;

namespace Ingress.Routing.Comparison;

/// <summary>Server names for which the tables serve different certificates. Immutable and thread-safe.</summary>
public sealed class CertificateDifference
{
    internal CertificateDifference(IReadOnlyList<HostRegion> names, CertificateAnswer before, CertificateAnswer after)
    {
        Names = names;
        Before = before;
        After = after;
    }

    /// <summary>The server names. Here <see cref="HostRegionKind.Other"/> holds handshakes without a server name too.</summary>
    public IReadOnlyList<HostRegion> Names { get; }

    /// <summary>What the first table serves for each of them.</summary>
    public CertificateAnswer Before { get; }

    /// <summary>What the second table serves for each of them.</summary>
    public CertificateAnswer After { get; }

    /// <summary>One of the server names.</summary>
    public string Witness => Names[0].Witness;

    /// <summary>Whether a server name is one of those meant.</summary>
    /// <param name="serverName">The SNI as received; null or empty when there was none.</param>
    public bool Contains(string? serverName)
    {
        return ServerName.TryRead(serverName, out var name)
            ? HostRegion.AnyContains(Names, name)
            : Names[^1].Kind == HostRegionKind.Other;
    }

    /// <summary>Returns the difference on one line.</summary>
    public override string ToString() => $"{Enumeration.Of(Names)}: {Before} -> {After}";
}

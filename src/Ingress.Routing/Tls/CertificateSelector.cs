using Ingress.Routing.Matching;

namespace Ingress.Routing.Tls;

/// <summary>From a server name to a certificate (D17).</summary>
internal sealed class CertificateSelector
{
    public static readonly CertificateSelector Empty = new(HostTable<CertificateBucket>.Empty, null, default);

    private readonly HostTable<CertificateBucket> _hosts;
    private readonly TlsCertificate? _defaultCertificate;

    /// <param name="hosts">The candidates of each host.</param>
    /// <param name="defaultCertificate">For every other name; null refuses.</param>
    /// <param name="keyKinds">The kinds of their keys.</param>
    public CertificateSelector(HostTable<CertificateBucket> hosts, TlsCertificate? defaultCertificate, KeyKindCounts keyKinds)
    {
        _hosts = hosts;
        _defaultCertificate = defaultCertificate;
        HasSeveralKeyKinds = keyKinds.HasSeveral(defaultCertificate?.KeyKind ?? CertificateKeyKinds.None);
    }

    /// <summary>The candidates of each host.</summary>
    public HostTable<CertificateBucket> Hosts => _hosts;

    /// <summary>Whether it may matter which kinds of keys a client verifies.</summary>
    public bool HasSeveralKeyKinds { get; }

    /// <param name="serverName">The SNI as delivered.</param>
    public TlsCertificate? Find(string? serverName)
    {
        // A text that equals a host of an entry is well-formed.
        var cells = serverName is null ? null : _hosts.FindCells(serverName);
        return (cells is null ? null : CertificateBucket.CertificateIn(cells)) ?? FindOther(serverName);
    }

    /// <param name="serverName">The SNI as delivered.</param>
    /// <param name="offered">The kinds of keys that the client verifies (D24).</param>
    public TlsCertificate? Find(string? serverName, CertificateKeyKinds offered)
    {
        var first = Find(serverName);
        offered &= CertificateKeyKinds.All;
        if (!HasSeveralKeyKinds || first is null || offered is CertificateKeyKinds.None or CertificateKeyKinds.All || first.KeyKind == offered)
        {
            return first;
        }

        return FindOfKind(serverName, offered) is { } other && other.KeyKind == offered ? other : first;
    }

    // Unlike for routes, a bucket whose candidates all fail lets the wildcard answer (D17, step 2).
    private TlsCertificate? FindOther(string? serverName)
    {
        TlsCertificate? certificate = null;
        return ServerName.TryRead(serverName, out var name)
            && ((_hosts.FindExact(name)?.TryChoose(out certificate) ?? false) || (_hosts.FindWildcard(name)?.TryChoose(name, out certificate) ?? false))
                ? certificate ?? _defaultCertificate
                : _defaultCertificate;
    }

    private TlsCertificate? FindOfKind(string? serverName, CertificateKeyKinds kind)
    {
        TlsCertificate? certificate = null;
        return ServerName.TryRead(serverName, out var name)
            && ((_hosts.FindExact(name)?.Of(kind).TryChoose(out certificate) ?? false)
                || (_hosts.FindWildcard(name)?.Of(kind).TryChoose(name, out certificate) ?? false))
                ? certificate ?? _defaultCertificate
                : _defaultCertificate;
    }
}

using Ingress.Routing.Matching;

namespace Ingress.Routing.Tls;

/// <summary>Whether a certificate covers a name (D17, RFC 9525): exactly, or by a wildcard for one label.</summary>
internal sealed class CertificateNames : IHostEntry<CertificateNames>
{
    private readonly HostTable<CertificateNames> _names;

    /// <param name="dnsNames">Canonical names and wildcards.</param>
    public CertificateNames(IReadOnlyList<string> dnsNames)
    {
        _names = new HostTable<CertificateNames>(dnsNames.Distinct(StringComparer.Ordinal).Select(name => KeyValuePair.Create(name, this)));
    }

    /// <summary>Whether the certificate covers a name.</summary>
    public bool Cover(RequestHost name) => (_names.FindExact(name) ?? _names.FindWildcard(name)) is not null;

    /// <summary>Whether the certificate covers a host of a TLS entry: for a wildcard, every name that it stands for.</summary>
    public bool CoverHost(string host)
    {
        if (!HostName.IsWildcard(host))
        {
            return RequestHost.TryReadName(host, out var name) && Cover(name);
        }

        // Any label will do: only the same wildcard in the certificate covers all of them.
        return RequestHost.TryReadName(string.Concat("x", host.AsSpan(1)), out var example) && _names.FindWildcard(example) is not null;
    }

    public static CertificateNames FromCells(HostCell[] cells) => (CertificateNames)cells[0].Item!;

    public HostCell[] ToCells(HostName host, TextHash hash) => host.ToCells(this);
}

using Ingress.Routing.Matching;

namespace Ingress.Routing;

/// <summary>The policy of one host.</summary>
internal sealed class TlsPolicyBucket(TlsPolicy policy) : IHostEntry<TlsPolicyBucket>
{
    public TlsPolicy Policy { get; } = policy;

    public static TlsPolicyBucket FromCells(HostCell[] cells) => (TlsPolicyBucket)cells[0].Item!;

    public HostCell[] ToCells(HostName host, TextHash hash) => host.ToCells(this);
}

using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using Ingress.Routing.Matching;

namespace Ingress.Routing.Tls;

/// <summary>Which certificate serves the names of one host, settled when it was compiled (D17), so that a handshake never walks claims (trap 30).</summary>
/// <param name="single">For a wildcard: the names that a certificate covers which does not cover all of them, ahead of the rest.</param>
/// <param name="serves">Whether the other names are served by this bucket.</param>
/// <param name="rest">What serves the other names; null stands for the default certificate.</param>
internal sealed class CertificateBucket(FrozenDictionary<string, TlsCertificate> single, bool serves, TlsCertificate? rest)
    : IHostEntry<CertificateBucket>
{
    private readonly FrozenDictionary<string, TlsCertificate>.AlternateLookup<ReadOnlySpan<char>> _single =
        single.GetAlternateLookup<ReadOnlySpan<char>>();

    // What lies in a cell of this table is a bucket. A checked cast would read its type first: one more cache line in a chain of four.
    public static CertificateBucket FromCells(HostCell[] cells) => Unsafe.As<CertificateBucket>(cells[0].Item!);

    /// <summary>Chooses for an exact host.</summary>
    /// <param name="certificate">The certificate; null when the default one is meant.</param>
    /// <returns>False when no claim on the name holds.</returns>
    public bool TryChoose(out TlsCertificate? certificate)
    {
        certificate = rest;
        return serves;
    }

    /// <summary>Chooses for a name that a wildcard stands for.</summary>
    /// <param name="certificate">The certificate; null when the default one is meant.</param>
    /// <returns>False when no claim on the name holds.</returns>
    public bool TryChoose(RequestHost name, out TlsCertificate? certificate)
        => _single.TryGetValue(name.Text, out certificate) || TryChoose(out certificate);

    // The second cell spares an exact host the way over the bucket, which lies elsewhere: 75 ns before, 54 since, at 100,000 names.
    public HostCell[] ToCells(HostName host, TextHash hash)
    {
        var cells = new HostCell[2 + host.TailLength];
        cells[0] = new HostCell(this, host.Head);
        cells[1] = new HostCell(serves ? rest : null, default);
        host.WriteTail(cells);
        return cells;
    }

    /// <summary>The certificate of an exact host; null when there is more to it.</summary>
    public static TlsCertificate? CertificateIn(HostCell[] cells) => Unsafe.As<TlsCertificate>(cells[1].Item);
}

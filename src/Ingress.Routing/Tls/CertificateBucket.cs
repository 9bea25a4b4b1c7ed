using System.Collections.Frozen;
using Ingress.Routing.Matching;

namespace Ingress.Routing.Tls;

/// <summary>Which certificate serves the names of one host, decided when it was compiled (D17), so that a handshake never walks claims (trap 30).</summary>
internal sealed class CertificateBucket : IHostEntry<CertificateBucket>
{
    private static readonly CertificateBucket s_nothing = new(null, serves: false, null, CertificateKeyKinds.None);

    private readonly FrozenDictionary<string, TlsCertificate>? _single;
    private readonly TlsCertificate? _rest;
    private readonly bool _serves;

    // The buckets of clients that verify one kind alone (D24); null when there is no more to say than that a kind is here or not.
    private readonly KeyKindBuckets? _byKind;

    /// <param name="single">For a wildcard: the names that a certificate covers which does not cover all of them, ahead of the rest; null when there are none.</param>
    /// <param name="serves">Whether the other names are served by this bucket.</param>
    /// <param name="rest">What serves the other names; null stands for the default certificate.</param>
    /// <param name="kinds">The kinds of the certificates that take part.</param>
    /// <param name="byKind">What serves clients that verify one kind alone.</param>
    public CertificateBucket(
        FrozenDictionary<string, TlsCertificate>? single, bool serves, TlsCertificate? rest, CertificateKeyKinds kinds, KeyKindBuckets? byKind = null)
    {
        _single = single;
        _serves = serves;
        _rest = rest;
        _byKind = byKind;
        Kinds = kinds;
    }

    /// <summary>The kinds of the certificates that take part.</summary>
    public CertificateKeyKinds Kinds { get; }

    public static CertificateBucket FromCells(HostCell[] cells) => cells[0].ItemAs<CertificateBucket>()!;

    /// <summary>The bucket of clients that verify one kind alone (D24).</summary>
    public CertificateBucket Of(CertificateKeyKinds kind)
        => _byKind is { } byKind ? byKind.Of(kind) : Kinds is CertificateKeyKinds.None || (Kinds & kind) != 0 ? this : s_nothing;

    /// <summary>Chooses for an exact host.</summary>
    /// <param name="certificate">The certificate; null when the default one is meant.</param>
    /// <returns>False when no claim on the name holds.</returns>
    public bool TryChoose(out TlsCertificate? certificate)
    {
        certificate = _rest;
        return _serves;
    }

    /// <summary>Chooses for a name that a wildcard stands for.</summary>
    /// <param name="certificate">The certificate; null when the default one is meant.</param>
    /// <returns>False when no claim on the name holds.</returns>
    public bool TryChoose(RequestHost name, out TlsCertificate? certificate)
    {
        certificate = null;
        return (_single is { } single && single.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name.Text, out certificate))
            || TryChoose(out certificate);
    }

    // The second cell spares an exact host the way over the bucket, which lies elsewhere: 75 ns before, 54 since, at 100,000 names.
    public HostCell[] ToCells(HostName host, TextHash hash)
    {
        var cells = new HostCell[2 + host.TailLength];
        cells[0] = new HostCell(this, host.Head);
        cells[1] = new HostCell(_serves ? _rest : null, default);
        host.WriteTail(cells);
        return cells;
    }

    /// <summary>The certificate of an exact host; null when there is more to it.</summary>
    public static TlsCertificate? CertificateIn(HostCell[] cells) => cells[1].ItemAs<TlsCertificate>();
}

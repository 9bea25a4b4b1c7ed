using Ingress.Routing.Matching;

namespace Ingress.Routing.Tls;

/// <summary>How many hosts have certificates of which kinds, so that a change need not look at the others.</summary>
/// <param name="ExactRsa">Exact hosts with RSA.</param>
/// <param name="ExactEcdsa">Exact hosts with ECDSA.</param>
/// <param name="WildcardRsa">Wildcards with RSA.</param>
/// <param name="WildcardEcdsa">Wildcards with ECDSA.</param>
/// <param name="Both">Hosts with both.</param>
internal readonly record struct KeyKindCounts(int ExactRsa, int ExactEcdsa, int WildcardRsa, int WildcardEcdsa, int Both)
{
    /// <summary>Whether some name may get another certificate when the client verifies one kind alone.</summary>
    /// <param name="defaultKind">The kind of the default certificate; none when there is none.</param>
    /// <remarks>
    /// A walk goes from an exact host to the wildcard above it and then to the default certificate. Which wildcard is above which host is not
    /// looked at, as that would cost a change of a wildcard all hosts below it.
    /// </remarks>
    public bool HasSeveral(CertificateKeyKinds defaultKind)
        => Both > 0
            || (WildcardRsa > 0 && ExactEcdsa > 0)
            || (WildcardEcdsa > 0 && ExactRsa > 0)
            || (defaultKind == CertificateKeyKinds.Rsa && ExactEcdsa + WildcardEcdsa > 0)
            || (defaultKind == CertificateKeyKinds.Ecdsa && ExactRsa + WildcardRsa > 0);

    /// <summary>The counts after the bucket of a host was replaced.</summary>
    public KeyKindCounts With(string host, CertificateBucket? before, CertificateBucket? after)
        => host.Length > HostName.LengthLimit || (before?.Kinds ?? CertificateKeyKinds.None) == (after?.Kinds ?? CertificateKeyKinds.None)
            ? this
            : Add(host, before, -1).Add(host, after, 1);

    private KeyKindCounts Add(string host, CertificateBucket? bucket, int number)
    {
        var kinds = bucket?.Kinds ?? CertificateKeyKinds.None;
        var rsa = (kinds & CertificateKeyKinds.Rsa) != 0 ? number : 0;
        var ecdsa = (kinds & CertificateKeyKinds.Ecdsa) != 0 ? number : 0;
        var both = kinds == CertificateKeyKinds.All ? number : 0;
        return HostName.IsWildcard(host)
            ? this with { WildcardRsa = WildcardRsa + rsa, WildcardEcdsa = WildcardEcdsa + ecdsa, Both = Both + both }
            : this with { ExactRsa = ExactRsa + rsa, ExactEcdsa = ExactEcdsa + ecdsa, Both = Both + both };
    }
}

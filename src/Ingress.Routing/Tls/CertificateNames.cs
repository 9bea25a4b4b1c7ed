using Ingress.Routing.Matching;

namespace Ingress.Routing.Tls;

/// <summary>Whether a certificate covers a name (D17, RFC 9525): exactly, or by a wildcard for one label.</summary>
/// <remarks>
/// No more than the list of names: most certificates have one or two, and are asked while a table is compiled, not by handshakes. A table
/// of their own cost 300 bytes for each certificate.
/// </remarks>
internal readonly struct CertificateNames
{
    // Up to here comparing is as quick as searching.
    private const int FewNames = 8;

    private readonly string[] _names;

    // The same, sorted without case, so that hosts times names stays within reason; null when there are few.
    private readonly string[]? _sorted;

    /// <param name="dnsNames">Canonical names and wildcards, each once.</param>
    public CertificateNames(string[] dnsNames)
    {
        _names = dnsNames;
        if (dnsNames.Length > FewNames)
        {
            _sorted = [.. dnsNames];
            Array.Sort(_sorted, StringComparer.OrdinalIgnoreCase);
        }
    }

    /// <summary>The names, each once, in the order of the certificate.</summary>
    public IReadOnlyList<string> All => _names;

    /// <summary>Makes the names of a certificate canonical, each once; what is no host name is left out.</summary>
    public static string[] Canonical(IReadOnlyCollection<string> dnsNames)
    {
        var names = new List<string>(dnsNames.Count);
        var known = dnsNames.Count > 1 ? new HashSet<string>(StringComparer.Ordinal) : null;
        foreach (var dnsName in dnsNames)
        {
            if (TryCanonicalize(dnsName, out var name) && (known?.Add(name) ?? true))
            {
                names.Add(name);
            }
        }

        return [.. names];
    }

    /// <summary>Whether the certificate covers a name.</summary>
    public bool Cover(RequestHost name) => name.IsName && (Contains("", name.Text) || ContainsWildcardOf(name.Text));

    /// <summary>Whether the certificate covers a host of a TLS entry: for a wildcard, every name that it stands for.</summary>
    public bool CoverHost(string host)
        => HostName.IsWildcard(host)
            ? Contains("*", host.AsSpan(1)) // only the same wildcard covers all of them
            : RequestHost.TryReadName(host, out var name) && Cover(name);

    private bool ContainsWildcardOf(ReadOnlySpan<char> name)
    {
        var dot = name.IndexOf('.');
        return dot > 0 && Contains("*", name[dot..]);
    }

    // The text asked for comes in two parts, so that none has to be made.
    private bool Contains(ReadOnlySpan<char> start, ReadOnlySpan<char> rest)
    {
        if (_sorted is not { } sorted)
        {
            foreach (var name in _names)
            {
                if (Compare(name, start, rest) == 0)
                {
                    return true;
                }
            }

            return false;
        }

        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            switch (Compare(sorted[middle], start, rest))
            {
                case 0:
                    return true;

                case < 0:
                    low = middle + 1;
                    break;

                default:
                    high = middle;
                    break;
            }
        }

        return false;
    }

    private static int Compare(ReadOnlySpan<char> name, ReadOnlySpan<char> start, ReadOnlySpan<char> rest)
    {
        var length = Math.Min(start.Length, name.Length);
        var order = name[..length].CompareTo(start, StringComparison.OrdinalIgnoreCase);
        return order != 0 ? order : name[length..].CompareTo(rest, StringComparison.OrdinalIgnoreCase);
    }

    private static bool TryCanonicalize(string dnsName, out string canonical)
    {
        var isWildcard = HostName.IsWildcard(dnsName);
        var isName = ServerName.TryRead(isWildcard ? dnsName[2..] : dnsName, out var name) && !name.Text.Contains('*');
        var length = (isWildcard ? 2 : 0) + name.Text.Length;

        // Most are as they should be, and need no second text.
        canonical = !isName ? ""
            : dnsName.Length == length && System.Text.Ascii.IsValid(dnsName) ? dnsName.ToLowerInvariant()
            : string.Concat(isWildcard ? "*." : "", name.Text).ToLowerInvariant();
        return isName;
    }
}

using System.Buffers;
using System.Collections.Frozen;

namespace Ingress.Routing.AspNetCore;

/// <summary>The one list of headers that only a trusted proxy may send: they say who the client is, or what it has asked for.</summary>
/// <remarks>
/// Many backends take a name apart from its punctuation: CGI, WSGI and PHP read <c>X_Real_IP</c> and <c>X.Real.IP</c> as <c>X-Real-IP</c>. So
/// names are compared with every character that is neither a letter nor a digit taken for <c>-</c>. Such an unusual spelling of a header of
/// this list is removed from every request: no proxy means it.
/// </remarks>
/// <param name="passed">Names that are let through as they are, from everybody.</param>
internal sealed class ClientClaims(IEnumerable<string> passed)
{
    private const int LongestName = 64;

    // A family is everything that begins so.
    private static readonly string[] s_families =
        ["x-forwarded-", "x-original-", "x-rewrite-", "x-client-cert", "x-client-verify", "x-client-dn", "x-ssl-", "ssl-client-", "client-cert"];

    private static readonly FrozenSet<string> s_names = FrozenSet.Create(
        StringComparer.Ordinal,
        "forwarded",
        "x-forwarded",
        "forwarded-for",
        "x-real-ip",
        "x-client-ip",
        "x-cluster-client-ip",
        "x-remote-ip",
        "x-remote-addr",
        "x-envoy-external-address",
        "x-envoy-internal",
        "x-azure-clientip",
        "x-azure-socketip",
        "x-appengine-user-ip",
        "remote-addr",
        "x-proxyuser-ip",
        "client-ip",
        "true-client-ip",
        "cf-connecting-ip",
        "cf-connecting-ipv6",
        "fastly-client-ip",
        "proxy-client-ip",
        "wl-proxy-client-ip",
        "x-scheme",
        "x-url-scheme",
        "front-end-https",
        "x-host",
        "x-http-host-override",
        "x-arr-clientcert",
        "x-arr-ssl",
        "proxy"); // CGI makes of it HTTP_PROXY, which HTTP libraries obey (httpoxy)

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> s_lookup = s_names.GetAlternateLookup<ReadOnlySpan<char>>();

    // Set here for every request, so that what a trusted proxy says has been read by then; or never to be believed from outside.
    private static readonly FrozenSet<string> s_own = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        [
            "X-Forwarded-For", "X-Forwarded-Proto", "X-Original-For", "X-Original-Proto", "Proxy",
            .. ClientCertificateHeaders.All.Where(static name => name.StartsWith("X-", StringComparison.Ordinal)),
        ]);

    private static readonly SearchValues<char> s_firstLetters = SearchValues.Create("xcfprstwXCFPRSTW");

    private readonly FrozenSet<string> _passed = passed.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a header has to go.</summary>
    /// <param name="name">Its name, as received.</param>
    /// <param name="isTrusted">Whether it was received from a trusted proxy.</param>
    public bool Forbids(string name, bool isTrusted)
    {
        // Most names are told by their first letter.
        if (name.Length == 0 || !s_firstLetters.Contains(name[0]))
        {
            return false;
        }

        Span<char> buffer = stackalloc char[LongestName];
        var canonical = Canonicalize(name, buffer, out var isUnusual);
        if (!IsListed(canonical, isUnusual))
        {
            return false;
        }

        if (s_own.Contains(name))
        {
            return true;
        }

        return !_passed.Contains(name) && (isUnusual || !isTrusted);
    }

    private static bool IsListed(ReadOnlySpan<char> canonical, bool isUnusual)
    {
        foreach (var family in s_families)
        {
            if (canonical.StartsWith(family, StringComparison.Ordinal))
            {
                return true;
            }
        }

        // The headers that say where a message ends or how far it has come are for servers to read; another spelling of them is an attempt.
        return s_lookup.Contains(canonical) || (isUnusual && canonical is "content-length" or "transfer-encoding" or "cdn-loop");
    }

    // Names longer than any of the list are cut: what counts of them is how they begin.
    private static ReadOnlySpan<char> Canonicalize(string name, Span<char> buffer, out bool isUnusual)
    {
        isUnusual = false;
        var length = Math.Min(name.Length, buffer.Length);
        for (var i = 0; i < length; i++)
        {
            buffer[i] = HeaderSpelling.Canonical(name[i]);
            isUnusual |= buffer[i] == '-' && name[i] != '-';
        }

        return buffer[..length];
    }
}

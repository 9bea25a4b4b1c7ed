using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Net.Security;
using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>What annotations say about the cipher suites of handshakes with clients.</summary>
internal sealed class SslCiphersBuilder : PolicyBuilder
{
    public const string Name = "ssl-ciphers";

    // Those of OpenSSL that are spoken with an RSA or ECDSA certificate and keep secrets if the key is lost; the platform refuses most others.
    private static readonly FrozenDictionary<string, TlsCipherSuite> s_suites = new Dictionary<string, TlsCipherSuite>
    {
        ["ECDHE-ECDSA-AES128-GCM-SHA256"] = TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        ["ECDHE-RSA-AES128-GCM-SHA256"] = TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        ["ECDHE-ECDSA-AES256-GCM-SHA384"] = TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        ["ECDHE-RSA-AES256-GCM-SHA384"] = TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        ["ECDHE-ECDSA-CHACHA20-POLY1305"] = TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        ["ECDHE-RSA-CHACHA20-POLY1305"] = TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
        ["ECDHE-ECDSA-AES128-SHA256"] = TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256,
        ["ECDHE-RSA-AES128-SHA256"] = TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256,
        ["ECDHE-ECDSA-AES256-SHA384"] = TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384,
        ["ECDHE-RSA-AES256-SHA384"] = TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384,
        ["DHE-RSA-AES128-GCM-SHA256"] = TlsCipherSuite.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256,
        ["DHE-RSA-AES256-GCM-SHA384"] = TlsCipherSuite.TLS_DHE_RSA_WITH_AES_256_GCM_SHA384,
        ["DHE-RSA-CHACHA20-POLY1305"] = TlsCipherSuite.TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // Which suites of TLS 1.3 there are is not for 'ssl_ciphers' to say.
    private static readonly ImmutableArray<TlsCipherSuite> s_ofTls13 =
        [TlsCipherSuite.TLS_AES_256_GCM_SHA384, TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256, TlsCipherSuite.TLS_AES_128_GCM_SHA256];

    private ImmutableArray<TlsCipherSuite>? _suites;

    public static bool TrySet(SslCiphersBuilder builder, string text) => (builder._suites = Read(text)) is not null;

    /// <summary>The cipher suites of a list of OpenSSL; null when none of them is known.</summary>
    public static ImmutableArray<TlsCipherSuite>? Read(string text)
    {
        ImmutableArray<TlsCipherSuite> known =
        [
            .. text.Split([':', ',', ' '], StringSplitOptions.RemoveEmptyEntries)
                .Where(s_suites.ContainsKey)
                .Select(static name => s_suites[name])
                .Distinct(),
        ];
        return known.IsEmpty ? null : [.. s_ofTls13, .. known];
    }

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        if (_suites is { } suites)
        {
            context.Request(new() { CipherSuites = suites });
        }
    }
}

using System.Collections.Concurrent;
using System.Net.Security;
using System.Runtime.CompilerServices;

namespace Ingress.Routing.AspNetCore.Kestrel;

/// <summary>Keeps what was made of each certificate for as long as the certificate is in force. Thread-safe.</summary>
internal sealed class TlsContextCache(IReadOnlyList<SslApplicationProtocol> applicationProtocols)
{
    // Far more policies than hosts with one certificate have. Beyond it the old ones are made anew when they are asked for.
    private const int MostPolicies = 256;

    // By certificate, whoever it comes from. Made at the first handshake, because 10,000 RSA keys take minutes to read. A certificate that
    // survives into the next table keeps its contexts, and with them its TLS sessions; one that does not takes them along.
    private readonly ConditionalWeakTable<object, ConcurrentDictionary<TlsPolicy, Lazy<TlsContext>>> _contexts = [];

    /// <summary>The context for a certificate of the table.</summary>
    public TlsContext Get(TlsCertificate certificate, TlsPolicy policy)
        => Find(certificate, policy) ?? Add(certificate, policy, () => new(certificate, policy, applicationProtocols));

    /// <summary>The context for a certificate of the application.</summary>
    public TlsContext Get(SslStreamCertificateContext certificate, TlsPolicy policy)
        => Find(certificate, policy) ?? Add(certificate, policy, () => new(certificate, policy, applicationProtocols));

    private TlsContext? Find(object certificate, TlsPolicy policy)
        => _contexts.TryGetValue(certificate, out var contexts) && contexts.TryGetValue(policy, out var context) ? context.Value : null;

    // Lazy, so that a burst of first handshakes reads the key once.
    private TlsContext Add(object certificate, TlsPolicy policy, Func<TlsContext> create)
    {
        var contexts = _contexts.GetValue(certificate, static _ => new(TlsPolicy.HandshakeComparer));
        if (contexts.Count >= MostPolicies)
        {
            contexts.Clear();
        }

        return contexts.GetOrAdd(policy, new Lazy<TlsContext>(create)).Value;
    }
}

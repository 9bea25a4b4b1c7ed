using System.Collections.Concurrent;
using System.Net.Security;
using System.Runtime.CompilerServices;

namespace Ingress.Routing.AspNetCore.Kestrel;

/// <summary>Keeps what was made of each certificate for as long as the certificate is in force. Thread-safe.</summary>
internal sealed class TlsContextCache(IReadOnlyList<SslApplicationProtocol> applicationProtocols)
{
    // Far more policies than hosts with one certificate have. Beyond it the old ones are made anew when they are asked for.
    private const int MostPolicies = 256;

    // Made at the first handshake, because 10,000 RSA keys take minutes to read. A certificate that survives into the next table keeps its
    // contexts, and with them its TLS sessions; one that does not takes them along.
    private readonly ConditionalWeakTable<TlsCertificate, ConcurrentDictionary<TlsPolicy, Lazy<TlsContext>>> _contexts = [];

    public TlsContext Get(TlsCertificate certificate, TlsPolicy policy)
    {
        if (!_contexts.TryGetValue(certificate, out var contexts))
        {
            contexts = _contexts.GetOrAdd(certificate, new ConcurrentDictionary<TlsPolicy, Lazy<TlsContext>>(TlsPolicy.HandshakeComparer));
        }

        return contexts.TryGetValue(policy, out var context) ? context.Value : Add(contexts, certificate, policy);
    }

    // Lazy, so that a burst of first handshakes reads the key once.
    private TlsContext Add(ConcurrentDictionary<TlsPolicy, Lazy<TlsContext>> contexts, TlsCertificate certificate, TlsPolicy policy)
    {
        if (contexts.Count >= MostPolicies)
        {
            contexts.Clear();
        }

        return contexts.GetOrAdd(policy, new Lazy<TlsContext>(() => new TlsContext(certificate, policy, applicationProtocols))).Value;
    }
}

using System.Collections.Concurrent;
using System.Net.Security;
using System.Runtime.CompilerServices;

namespace Ingress.Routing.AspNetCore.Kestrel;

/// <summary>Keeps what was made of each certificate for as long as the certificate is in force. Thread-safe.</summary>
internal sealed class TlsContextCache(IReadOnlyList<SslApplicationProtocol> applicationProtocols)
{
    // Far more policies than hosts with one certificate have. Beyond it the oldest are made anew when they are asked for.
    private const int MostPolicies = 64;

    // By certificate, wherever it comes from. Made at the first handshake, because 10,000 RSA keys take minutes to read. A certificate that
    // survives into the next table keeps its contexts, and with them its TLS sessions; one that does not takes them along.
    private readonly ConditionalWeakTable<object, Contexts> _contexts = [];

    /// <summary>The context for a certificate of the table.</summary>
    public TlsContext Get(TlsCertificate certificate, TlsPolicy policy)
        => Find(certificate, policy) ?? Add(certificate, policy, () => new(certificate, policy, applicationProtocols));

    /// <summary>The context for a certificate of the application.</summary>
    public TlsContext Get(SslStreamCertificateContext certificate, TlsPolicy policy)
        => Find(certificate, policy) ?? Add(certificate, policy, () => new(certificate, policy, applicationProtocols));

    private TlsContext? Find(object certificate, TlsPolicy policy)
        => _contexts.TryGetValue(certificate, out var contexts) && contexts.ByPolicy.TryGetValue(policy, out var context) ? context.Value : null;

    private TlsContext Add(object certificate, TlsPolicy policy, Func<TlsContext> create)
        => _contexts.GetValue(certificate, static _ => new()).GetOrAdd(policy, create);

    private sealed class Contexts
    {
        private readonly ConcurrentQueue<TlsPolicy> _order = new();

        public ConcurrentDictionary<TlsPolicy, Lazy<TlsContext>> ByPolicy { get; } = new(TlsPolicy.HandshakeComparer);

        public TlsContext GetOrAdd(TlsPolicy policy, Func<TlsContext> create)
        {
            // Lazy, so that a burst of first handshakes reads the key once.
            var added = new Lazy<TlsContext>(create);
            var context = ByPolicy.GetOrAdd(policy, added);
            if (ReferenceEquals(context, added))
            {
                _order.Enqueue(policy);
                while (ByPolicy.Count > MostPolicies && _order.TryDequeue(out var oldest))
                {
                    ByPolicy.TryRemove(oldest, out _);
                }
            }

            try
            {
                return context.Value;
            }
            catch
            {
                // A failure is not kept, or it would outlive its reason.
                ByPolicy.TryRemove(KeyValuePair.Create(policy, context));
                throw;
            }
        }
    }
}

using System.Collections.Frozen;
using System.Net.Security;
using Ingress.Routing.Acme.Storage;
using Ingress.Routing.AspNetCore;

namespace Ingress.Routing.Acme.Serving;

/// <summary>Answers handshakes with the certificates that were issued, for names that are routed. Thread-safe; reading takes no lock.</summary>
internal sealed class ServedCertificates : IServerCertificateProvider
{
    private volatile State _state = new(FrozenDictionary<string, KeptCertificate>.Empty, HasWildcards: false);

    /// <summary>Puts certificates in force. For a name that several cover, the one that is valid longest is served.</summary>
    public void Serve(IEnumerable<KeptCertificate> certificates)
    {
        var byName = new Dictionary<string, KeptCertificate>(StringComparer.Ordinal);
        foreach (var certificate in certificates)
        {
            foreach (var name in certificate.Chain.Names)
            {
                if (!byName.TryGetValue(name, out var other) || other.Chain.NotAfter < certificate.Chain.NotAfter)
                {
                    byName[name] = certificate;
                }
            }
        }

        _state = new(byName.ToFrozenDictionary(StringComparer.Ordinal), byName.Keys.Any(static name => name.StartsWith('*')));
    }

    /// <inheritdoc />
    public SslStreamCertificateContext? FindCertificate(ServerCertificateRequest request)
        => request.Table.FindRoutedName(request.ServerName) is { } name ? Find(name)?.Context : null;

    /// <summary>The certificate for a name in its canonical form; an exact one goes first.</summary>
    public KeptCertificate? Find(string name)
    {
        var state = _state;
        if (state.ByName.TryGetValue(name, out var exact))
        {
            return exact;
        }

        var dot = state.HasWildcards ? name.IndexOf('.', StringComparison.Ordinal) : -1;
        return dot > 0 && state.ByName.TryGetValue(string.Concat("*", name.AsSpan(dot)), out var wildcard) ? wildcard : null;
    }

    private sealed record State(FrozenDictionary<string, KeptCertificate> ByName, bool HasWildcards);
}

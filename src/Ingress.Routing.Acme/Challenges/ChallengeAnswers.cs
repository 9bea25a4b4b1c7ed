using System.Collections.Concurrent;
using System.Net.Security;
using Ingress.Routing.Acme.Protocol;
using Ingress.Routing.Acme.Storage;
using Ingress.Routing.AspNetCore;

namespace Ingress.Routing.Acme.Challenges;

/// <summary>The challenges that wait for the CA, and nothing else. Thread-safe; nothing is looked up while none waits.</summary>
internal sealed class ChallengeAnswers(TimeProvider time) : IChallengeCertificateProvider
{
    private readonly ConcurrentDictionary<string, StoredChallenge> _tokens = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (StoredChallenge Challenge, SslStreamCertificateContext Context)> _certificates = new(StringComparer.Ordinal);
    private volatile bool _hasTokens;
    private volatile bool _hasCertificates;

    /// <summary>Whether any request has to be looked at.</summary>
    public bool HasTokens => _hasTokens;

    /// <inheritdoc />
    public bool HasChallenges => _hasCertificates;

    public void Add(StoredChallenge challenge)
    {
        if (challenge.Kind == AcmeChallengeKind.Http01)
        {
            _tokens[challenge.Token] = challenge;
        }
        else if (challenge.Kind == AcmeChallengeKind.TlsAlpn01 && !(_certificates.TryGetValue(challenge.ServerName, out var there) && there.Challenge == challenge))
        {
            _certificates[challenge.ServerName] = (challenge, ChallengeCertificate.Create(challenge.ServerName, challenge.KeyAuthorization, time.GetUtcNow()));
        }

        Count();
    }

    public void Remove(StoredChallenge challenge)
    {
        if (challenge.Kind == AcmeChallengeKind.Http01)
        {
            _tokens.TryRemove(KeyValuePair.Create(challenge.Token, challenge));
        }
        else if (_certificates.TryGetValue(challenge.ServerName, out var there) && there.Challenge == challenge)
        {
            _certificates.TryRemove(KeyValuePair.Create(challenge.ServerName, there));
        }

        Count();
    }

    /// <summary>Leaves exactly these.</summary>
    public void Replace(IReadOnlyCollection<StoredChallenge> challenges)
    {
        foreach (var gone in _tokens.Values.Concat(_certificates.Values.Select(static answer => answer.Challenge)).Except(challenges).ToList())
        {
            Remove(gone);
        }

        foreach (var challenge in challenges)
        {
            Add(challenge);
        }
    }

    /// <summary>Takes out what has waited for too long.</summary>
    public void RemoveOld()
    {
        if (_hasTokens || _hasCertificates)
        {
            var now = time.GetUtcNow();
            foreach (var old in _tokens.Values.Concat(_certificates.Values.Select(static answer => answer.Challenge)).Where(challenge => challenge.Until < now).ToList())
            {
                Remove(old);
            }
        }
    }

    /// <summary>What to answer a request for a token with; null when the token does not wait, or waits for another host.</summary>
    public string? FindAnswer(ReadOnlySpan<char> token, ReadOnlySpan<char> host)
        => Base64Url.IsWord(token)
            && _tokens.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(token, out var challenge)
            && host.Equals(challenge.ServerName, StringComparison.OrdinalIgnoreCase)
                ? challenge.KeyAuthorization
                : null;

    /// <inheritdoc />
    public SslStreamCertificateContext? FindCertificate(string serverName)
        => _certificates.TryGetValue(serverName, out var answer) ? answer.Context : null;

    private void Count()
    {
        _hasTokens = !_tokens.IsEmpty;
        _hasCertificates = !_certificates.IsEmpty;
    }
}

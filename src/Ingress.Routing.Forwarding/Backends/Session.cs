using System.Security.Cryptography;
using Yarp.ReverseProxy.Model;

namespace Ingress.Routing.Forwarding.Backends;

/// <summary>The session of one request.</summary>
internal sealed class Session(Sessions sessions, string receivedKey)
{
    private const int MostDraws = 256;

    private bool _isKept;
    private bool _isAway;

    /// <summary>The key; empty until an endpoint was chosen.</summary>
    public string Key { get; private set; } = receivedKey;

    /// <summary>Whether an endpoint was chosen.</summary>
    public bool HasChosen => _isKept || _isAway || IsNew;

    /// <summary>Whether an endpoint had to be chosen anew, so that the client has to be told.</summary>
    public bool IsNew { get; private set; }

    /// <summary>Chooses the endpoint of the session, or another one after it failed.</summary>
    /// <returns>Null when the session must not move, or there is no other.</returns>
    /// <param name="all">All endpoints.</param>
    /// <param name="available">Those that get requests.</param>
    /// <param name="tried">Those that this request has tried.</param>
    public DestinationState? Choose(IReadOnlyList<DestinationState> all, IReadOnlyList<DestinationState> available, IReadOnlyList<DestinationState> tried)
    {
        if (tried.Count == 0 && Find(available) is { } own)
        {
            _isKept = true;
            return own;
        }

        // Its endpoint gets no requests for a while: another one stands in for it, the same for all requests of the session, which comes back afterwards.
        if (sessions.Policy is { IsPersistent: true, MovesOnFailure: false } && !_isKept && (_isAway || (tried.Count == 0 && Find(all) is not null)))
        {
            _isAway = true;
            return Rendezvous.Choose(Rendezvous.HashOf(Key), available, tried);
        }

        if (_isKept && !sessions.Policy.MovesOnFailure)
        {
            return null;
        }

        IsNew = true;
        return sessions.Policy.IsPersistent ? Draw(available, tried) : DrawKey(available, tried);
    }

    private DestinationState? Find(IReadOnlyList<DestinationState> available)
        => Key.Length == 0 ? null
            : sessions.Policy.IsPersistent ? available.FirstOrDefault(destination => sessions.TagOf(destination) == Key)
            : Rendezvous.Choose(Rendezvous.HashOf(Key), available, []);

    private DestinationState? Draw(IReadOnlyList<DestinationState> available, IReadOnlyList<DestinationState> tried)
    {
        List<DestinationState> rest = [.. available.Except(tried)];
        if (rest.Count == 0)
        {
            return null;
        }

        var chosen = rest[Random.Shared.Next(rest.Count)];
        Key = sessions.TagOf(chosen);
        return chosen;
    }

    // A key whose endpoint is another one than those that failed, so that the next request goes there as well.
    private DestinationState? DrawKey(IReadOnlyList<DestinationState> available, IReadOnlyList<DestinationState> tried)
    {
        for (var i = 0; i < MostDraws; i++)
        {
            Key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            if (Rendezvous.Choose(Rendezvous.HashOf(Key), available, []) is { } chosen && !tried.Contains(chosen))
            {
                return chosen;
            }
        }

        return Rendezvous.Choose(Rendezvous.HashOf(Key), available, tried);
    }
}

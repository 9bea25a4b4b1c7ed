using Yarp.ReverseProxy.Model;

namespace Ingress.Routing.Forwarding.Backends;

/// <summary>Chooses endpoints by the hash of a key.</summary>
internal static class HashBalancing
{
    /// <summary>Chooses an endpoint that was not tried yet; null when there is none.</summary>
    /// <param name="key">What is hashed.</param>
    /// <param name="subset">Among how many endpoints equal keys are shared.</param>
    public static DestinationState? Choose(string key, int subset, IReadOnlyList<DestinationState> available, IReadOnlyList<DestinationState> tried)
    {
        var hash = Rendezvous.HashOf(key);
        if (subset == 1)
        {
            return Rendezvous.Choose(hash, available, tried);
        }

        // Of the few that the key stands for, any; where all of them failed, the next.
        var few = Rendezvous.Order(hash, available).Take(subset).Except(tried).ToList();
        return few.Count > 0 ? few[Random.Shared.Next(few.Count)] : Rendezvous.Choose(hash, available, tried);
    }
}

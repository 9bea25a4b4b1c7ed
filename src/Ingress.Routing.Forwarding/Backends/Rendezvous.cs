using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Yarp.ReverseProxy.Model;

namespace Ingress.Routing.Forwarding.Backends;

/// <summary>Hashes keys to endpoints so that few keys move when endpoints come and go (highest random weight).</summary>
/// <remarks>
/// Every endpoint has a weight for a key, and the highest gets it: one that is added takes its share from all others, and the keys of one that goes
/// are shared among all others. There is no ring to build, and the second highest is where a key goes when its endpoint fails. All gateways agree.
/// </remarks>
internal static class Rendezvous
{
    private static readonly ConditionalWeakTable<DestinationState, StrongBox<ulong>> s_hashes = [];

    /// <summary>The hash of a key.</summary>
    public static ulong HashOf(string text) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text.AsSpan()));

    /// <summary>The endpoint of a key; null when all were tried.</summary>
    public static DestinationState? Choose(ulong key, IReadOnlyList<DestinationState> available, IReadOnlyList<DestinationState> tried)
    {
        DestinationState? best = null;
        var highest = 0UL;
        foreach (var destination in available)
        {
            var weight = WeightOf(key, destination);
            if ((best is null || weight > highest) && !tried.Contains(destination))
            {
                best = destination;
                highest = weight;
            }
        }

        return best;
    }

    /// <summary>All endpoints, those that the key prefers first.</summary>
    public static IEnumerable<DestinationState> Order(ulong key, IReadOnlyList<DestinationState> available)
        => available.OrderByDescending(destination => WeightOf(key, destination));

    // The finalizer of SplitMix64: each bit of either hash decides about each bit of the weight.
    private static ulong WeightOf(ulong key, DestinationState destination)
    {
        var weight = key ^ HashOf(destination);
        weight = (weight ^ (weight >> 30)) * 0xBF58476D1CE4E5B9;
        weight = (weight ^ (weight >> 27)) * 0x94D049BB133111EB;
        return weight ^ (weight >> 31);
    }

    // By address and port alone, so that another protocol moves no session.
    private static ulong HashOf(DestinationState destination)
        => s_hashes.GetValue(destination, static state => new(HashOf(EndPointOf(state)))).Value;

    /// <summary>The address and port of an endpoint.</summary>
    public static string EndPointOf(DestinationState destination)
        => destination.DestinationId[(destination.DestinationId.IndexOf("://", StringComparison.Ordinal) + 3)..];
}

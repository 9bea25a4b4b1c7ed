using System.Collections.Immutable;
using System.Net;

namespace Ingress.Routing.Policies;

/// <summary>Lists of networks.</summary>
internal static class Networks
{
    /// <summary>Whether an address is in one of some networks; an unknown one is in none.</summary>
    public static bool Contain(ImmutableArray<IPNetwork> networks, IPAddress? address)
    {
        if (address is null)
        {
            return false;
        }

        foreach (var network in networks)
        {
            if (network.Contains(address))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The networks behind a few words; nothing when there are none.</summary>
    public static string Describe(string words, ImmutableArray<IPNetwork> networks) => networks.IsEmpty ? "" : words + string.Join(", ", networks);
}

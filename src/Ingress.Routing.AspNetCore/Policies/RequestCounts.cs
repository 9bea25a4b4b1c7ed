using System.Runtime.InteropServices;

namespace Ingress.Routing.AspNetCore;

/// <summary>How many requests of each client are being served. Thread-safe.</summary>
/// <remarks>A client without a request is forgotten, so there are never more of them than requests.</remarks>
/// <param name="limit">How many a client may have.</param>
internal sealed class RequestCounts(int limit)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<UInt128, int> _counts = [];

    /// <summary>Counts a request, to be followed by <see cref="Leave"/>.</summary>
    /// <returns>False when the client has as many as it may have; then nothing is counted.</returns>
    public bool TryEnter(UInt128 client)
    {
        lock (_lock)
        {
            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, client, out _);
            if (count >= limit)
            {
                return false;
            }

            count++;
            return true;
        }
    }

    public void Leave(UInt128 client)
    {
        lock (_lock)
        {
            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, client, out _);
            if (--count == 0)
            {
                _counts.Remove(client);
            }
        }
    }
}

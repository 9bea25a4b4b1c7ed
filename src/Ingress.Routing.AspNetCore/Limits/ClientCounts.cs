namespace Ingress.Routing.AspNetCore.Limits;

/// <summary>The clients that have a connection or a request. Thread-safe.</summary>
/// <remarks>
/// A connection looks its client up once, and its requests do with interlocked numbers from then on. Behind a trusted proxy each request is of
/// another client, and looks it up in one of many parts of the table. One that nothing holds is forgotten, so there are never more of them
/// than connections and requests.
/// </remarks>
internal sealed class ClientCounts
{
    private const int Parts = 64;

    private readonly Dictionary<UInt128, ClientCount>[] _parts = [.. Enumerable.Range(0, Parts).Select(static _ => new Dictionary<UInt128, ClientCount>())];

    /// <summary>How many clients are held.</summary>
    public int Count => _parts.Sum(static part =>
    {
        lock (part)
        {
            return part.Count;
        }
    });

    /// <summary>Finds a client, and holds it until <see cref="Release"/>.</summary>
    public ClientCount Hold(UInt128 key)
    {
        var part = PartOf(key);
        lock (part)
        {
            if (!part.TryGetValue(key, out var client))
            {
                part.Add(key, client = new(key));
            }

            client.Holders++;
            return client;
        }
    }

    public void Release(ClientCount client)
    {
        var part = PartOf(client.Key);
        lock (part)
        {
            if (--client.Holders == 0)
            {
                part.Remove(client.Key);
            }
        }
    }

    private Dictionary<UInt128, ClientCount> PartOf(UInt128 key) => _parts[(uint)key.GetHashCode() % Parts];
}

namespace Ingress.Routing.AspNetCore.Limits;

/// <summary>One client, and how many of its requests are being answered.</summary>
internal sealed class ClientCount(UInt128 key)
{
    private int _requests;

    /// <summary>What it is told apart by.</summary>
    public UInt128 Key => key;

    /// <summary>Who still needs it. Only for <see cref="ClientCounts"/>.</summary>
    public int Holders { get; set; }

    public int Requests => Volatile.Read(ref _requests);

    public bool TryEnter(int limit)
    {
        if (Interlocked.Increment(ref _requests) <= limit)
        {
            return true;
        }

        Interlocked.Decrement(ref _requests);
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _requests);
}

namespace Ingress.Routing.Forwarding.Limits;

/// <summary>How many requests for one Service port are on their way.</summary>
internal sealed class RequestCount
{
    private int _count;

    public bool TryEnter(int max)
    {
        if (Interlocked.Increment(ref _count) <= max)
        {
            return true;
        }

        Interlocked.Decrement(ref _count);
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _count);
}

namespace Ingress.Routing.Forwarding.Limits;

/// <summary>The requests for one Service port: how many are on their way, and how many there were.</summary>
internal sealed class RequestCount(ServiceReference service)
{
    private int _count;
    private long _total;

    /// <summary>The Service port.</summary>
    public ServiceReference Service { get; } = service;

    /// <summary>The name of the Service port, made once.</summary>
    public string Name { get; } = service.ToString();

    /// <summary>How many there were that were let in.</summary>
    public long Total => Interlocked.Read(ref _total);

    /// <summary>How many of them may be sent once more.</summary>
    public RetryBudget Retries { get; } = new();

    public bool TryEnter(int max)
    {
        if (Interlocked.Increment(ref _count) <= max)
        {
            Interlocked.Increment(ref _total);
            return true;
        }

        Interlocked.Decrement(ref _count);
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _count);
}

namespace Ingress.Routing.Acme.Orders;

/// <summary>The waits between looks at something that the CA is working on. Not thread-safe.</summary>
internal sealed class Poll(TimeProvider time)
{
    private static readonly TimeSpan s_first = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_most = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_mostAsked = TimeSpan.FromMinutes(1);

    private TimeSpan _next = s_first;

    /// <summary>Waits for as long as the CA says, else longer each time.</summary>
    public Task WaitAsync(TimeSpan? retryAfter, CancellationToken cancellationToken)
    {
        var wait = retryAfter is null || retryAfter < _next ? _next : retryAfter > s_mostAsked ? s_mostAsked : retryAfter.Value;
        _next = _next * 1.5 < s_most ? _next * 1.5 : s_most;
        return Task.Delay(wait, time, cancellationToken);
    }

    /// <summary>Does something that reads, again and again while the CA is in trouble.</summary>
    public async Task<T> TryAsync<T>(Func<Task<T>> read, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await read().ConfigureAwait(false);
            }
            catch (AcmeException exception) when (exception.IsTrouble && attempt < 4 && (exception.RetryAfter ?? default) <= s_mostAsked)
            {
                await WaitAsync(exception.RetryAfter, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}

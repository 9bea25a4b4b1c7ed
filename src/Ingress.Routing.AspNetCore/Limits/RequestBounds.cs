namespace Ingress.Routing.AspNetCore.Limits;

/// <summary>The limits on requests that are in force.</summary>
/// <param name="Requests">How many may be answered at once.</param>
/// <param name="RequestsPerClient">How many of them one client may have.</param>
/// <param name="Queue">How many may wait.</param>
/// <param name="QueueTime">How long one may wait.</param>
/// <param name="BodyMilliseconds">How long a body may be behind.</param>
/// <param name="BodyRate">How many bytes of it have to come in a second.</param>
internal sealed record RequestBounds(int Requests, int RequestsPerClient, int Queue, TimeSpan QueueTime, long BodyMilliseconds, int BodyRate)
{
    // What one takes while its backend is slow, measured: a connection of a client and of a backend, their buffers, and what is in them.
    private const long BytesPerRequest = 64 * 1024;
    private const int FewestRequests = 256;
    private const int MostRequests = 64 * 1024;
    private const int LongestQueue = 1024;

    /// <summary>Works out what the options leave open.</summary>
    /// <param name="options">The options.</param>
    /// <param name="memory">How much memory there is for this process, in bytes.</param>
    public static RequestBounds Of(IngressConnectionOptions options, long memory)
    {
        var requests = options.MaxRequests ?? (int)Math.Clamp(memory / 2 / BytesPerRequest, FewestRequests, MostRequests);
        return new(
            requests,
            options.MaxRequestsPerClient ?? Math.Max(1, requests / 2),
            options.MaxQueuedRequests ?? Math.Min(LongestQueue, requests),
            options.QueueTimeout,
            options.BodyTimeout is { } timeout ? (long)timeout.TotalMilliseconds : long.MaxValue,
            options.MinBodyDataRate);
    }
}

namespace Ingress.Routing.AspNetCore.Limits;

/// <summary>How many requests of a connection over HTTP/2 were taken back by the client while they were being answered. Thread-safe.</summary>
/// <remarks>
/// A client that sends requests and takes each back at once has never more than a few open, and costs a connection to a backend each time ("rapid
/// reset", CVE-2023-44487). Kestrel ends that only where the requests end more slowly than they come. Browsers and clients with deadlines take
/// requests back as well, but not most of hundreds.
/// </remarks>
internal sealed class ResetCount
{
    private const int Tolerated = 200;
    private const long MillisecondsPerCount = 10_000;

    private long _countsSince = Environment.TickCount64;
    private int _requests;
    private int _resets;

    /// <summary>Notes the end of a request.</summary>
    /// <param name="wasReset">Whether the client has taken it back.</param>
    /// <returns>Whether that is too much of it.</returns>
    public bool IsTooMuch(bool wasReset)
    {
        var requests = Interlocked.Increment(ref _requests);
        if (!wasReset)
        {
            return false;
        }

        var resets = Interlocked.Increment(ref _resets);
        if (resets <= Tolerated)
        {
            return false;
        }

        // Looked at here alone: what is never reset needs no clock.
        if (Environment.TickCount64 - Volatile.Read(ref _countsSince) > MillisecondsPerCount)
        {
            Volatile.Write(ref _countsSince, Environment.TickCount64);
            Volatile.Write(ref _requests, 1);
            Volatile.Write(ref _resets, 1);
            return false;
        }

        return resets > requests / 2;
    }
}

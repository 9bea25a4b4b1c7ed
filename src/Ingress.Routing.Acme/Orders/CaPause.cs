namespace Ingress.Routing.Acme.Orders;

/// <summary>Leaves a CA in trouble alone, longer each time. Thread-safe.</summary>
/// <remarks>Goes by elapsed time, so that a clock that jumps makes it neither end at once nor last for years.</remarks>
internal sealed class CaPause(AcmeOptions options, TimeProvider time)
{
    // Of the wait after the failure of a name, which is five seconds unless that is changed.
    private const int FirstPart = 60;

    private static readonly TimeSpan s_most = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan s_mostAsked = TimeSpan.FromDays(1);

    private readonly Lock _changing = new();
    private State _state = new(TimeSpan.Zero, 0, null, 0);

    /// <summary>Until when; the past when it is not left alone.</summary>
    public DateTimeOffset Until
    {
        get
        {
            var rest = Rest(Volatile.Read(ref _state));
            return rest > TimeSpan.Zero ? time.GetUtcNow() + rest : DateTimeOffset.MinValue;
        }
    }

    /// <summary>What was wrong last; null when all is well.</summary>
    public string? Reason => Volatile.Read(ref _state).Reason;

    public void Begin(AcmeException failure)
    {
        lock (_changing)
        {
            // Several orders fail together; that is one failure.
            var count = Rest(_state) > TimeSpan.Zero ? _state.Count : _state.Count + 1;
            var factor = Math.Pow(2, Math.Min(count - 1, 20)) * (0.9 + (Random.Shared.NextDouble() * 0.2));
            var wait = Shorter(options.RetryDelay / FirstPart * factor, s_most);
            var asked = Shorter(failure.RetryAfter ?? TimeSpan.Zero, s_mostAsked);
            Volatile.Write(ref _state, new(asked > wait ? asked : wait, count, failure.Message, time.GetTimestamp()));
        }
    }

    public void End()
    {
        if (Reason is not null)
        {
            lock (_changing)
            {
                Volatile.Write(ref _state, new(TimeSpan.Zero, 0, null, 0));
            }
        }
    }

    private TimeSpan Rest(State state) => state.Reason is null ? TimeSpan.Zero : state.Length - time.GetElapsedTime(state.Since);

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private sealed record State(TimeSpan Length, int Count, string? Reason, long Since);
}

using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Ingress.Routing.AspNetCore.Kestrel;

/// <summary>Looks at the first bytes of a connection and leaves them where they are.</summary>
internal static class ConnectionStart
{
    /// <summary>Says what the bytes so far are; null when that takes more of them.</summary>
    public delegate T? Look<T>(in ReadOnlySequence<byte> received)
        where T : struct;

    /// <summary>Waits until enough has come.</summary>
    /// <param name="silence">How long the client may say nothing at all.</param>
    /// <param name="rest">How long the rest may take after the first byte.</param>
    /// <returns>What was seen; null when the client has closed its side before.</returns>
    /// <exception cref="OperationCanceledException">It took too long, or the server stops.</exception>
    public static async ValueTask<T?> PeekAsync<T>(ConnectionContext connection, Look<T> look, TimeSpan silence, TimeSpan rest)
        where T : struct
    {
        // Kestrel's own clocks only start with its protocol handlers.
        var stopping = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? default;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        timeout.CancelAfter(Bounded(silence));

        var input = connection.Transport.Input;
        long examined = 0;
        while (true)
        {
            var result = await input.ReadAsync(timeout.Token);
            var buffer = result.Buffer;
            var seen = look(buffer);
            if (seen is not null || result.IsCompleted)
            {
                // Consumes nothing, and calls nothing examined that was not before, so that the next reader gets it all at once.
                input.AdvanceTo(buffer.Start, buffer.GetPosition(examined));
                return seen;
            }

            if (examined == 0 && !buffer.IsEmpty)
            {
                timeout.CancelAfter(Bounded(rest));
            }

            examined = buffer.Length;
            input.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    // Kestrel writes "never" as the longest time span, which is too long for a timer.
    private static TimeSpan Bounded(TimeSpan timeout) => timeout < TimeSpan.FromDays(1) ? timeout : TimeSpan.FromDays(1);
}

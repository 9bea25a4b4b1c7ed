using System.Diagnostics;

namespace Ingress.Routing.Benchmarks.Handshakes;

/// <summary>What one round of handshakes cost.</summary>
/// <param name="PerSecond">Handshakes by the clock.</param>
/// <param name="Microseconds">Processor time of the server for each.</param>
/// <param name="ClientMicroseconds">Processor time of the client for each.</param>
/// <param name="Bytes">What the server allocated on the managed heap for each; not a number without one.</param>
internal readonly record struct HandshakeRound(double PerSecond, double Microseconds, double ClientMicroseconds, double Bytes)
{
    /// <summary>How much of its processor the server had. Far below 1, the client or other work on the machine was the limit.</summary>
    public double Load => PerSecond * Microseconds / 1e6;

    public static HandshakeRound Measure(HandshakeClient client, HandshakeServer server, Func<string?> nextName, bool asks = false)
    {
        var (bytes, server0, client0, start) = (server.AllocatedBytes, server.ProcessorTime, Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        var count = client.Run(server.Port, nextName, asks);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new(
            count / seconds,
            (server.ProcessorTime - server0).TotalMicroseconds / count,
            (Environment.CpuUsage.TotalTime - client0).TotalMicroseconds / count,
            (double?)(server.AllocatedBytes - bytes) / count ?? double.NaN);
    }
}

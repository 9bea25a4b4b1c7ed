namespace Ingress.Routing.DataPlane.Load;

/// <summary>What became of the requests of one run.</summary>
/// <param name="Requests">How many were answered with the status that was expected.</param>
/// <param name="Failures">How many were answered otherwise, or not at all.</param>
/// <param name="Elapsed">How long the run took.</param>
/// <param name="Latencies">How long each answered request took, in microseconds; in no particular order.</param>
internal sealed record LoadResult(long Requests, long Failures, TimeSpan Elapsed, IReadOnlyList<double> Latencies)
{
    public double PerSecond => Requests / Elapsed.TotalSeconds;

    public double P50 => Figures.Quantile(Latencies, 0.5);

    public double P99 => Figures.Quantile(Latencies, 0.99);

    public static LoadResult Sum(IReadOnlyCollection<LoadResult> parts, TimeSpan elapsed) => new(
        parts.Sum(static part => part.Requests), parts.Sum(static part => part.Failures), elapsed, [.. parts.SelectMany(static part => part.Latencies)]);
}

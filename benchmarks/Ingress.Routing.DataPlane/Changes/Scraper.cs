using System.Globalization;

namespace Ingress.Routing.DataPlane.Changes;

/// <summary>Reads the metrics of the gateway as a collector does.</summary>
internal sealed class Scraper(int adminPort) : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client = new() { Timeout = s_patience };

    /// <summary>How many bytes the last one had.</summary>
    public int Length { get; private set; }

    /// <summary>What the garbage collector holds, in bytes; not a number when the gateway does not say.</summary>
    public double HeapBytes { get; private set; } = double.NaN;

    /// <exception cref="HttpRequestException">It did not answer.</exception>
    public async Task ScrapeAsync()
    {
        var text = await _client.GetStringAsync(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{adminPort}/metrics"));
        Length = text.Length;
        var heap = text.Split('\n')
            .Where(static line => line.StartsWith("dotnet_gc_last_collection_heap_size_bytes", StringComparison.Ordinal))
            .Select(static line => double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture))
            .ToList();
        HeapBytes = heap.Count > 0 ? heap.Sum() : double.NaN;
    }

    public void Dispose() => _client.Dispose();
}

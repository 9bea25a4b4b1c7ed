using System.Collections.Concurrent;

namespace Ingress.Routing.AspNetCore;

/// <summary>What an external service said about the requests of one route. Bounded and thread-safe.</summary>
internal sealed class VerdictCache(TimeProvider time)
{
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<string, (Verdict Verdict, long Until)> _known = new(StringComparer.Ordinal);

    public Verdict? Find(string key) => _known.TryGetValue(key, out var known) && time.GetTimestamp() < known.Until ? known.Verdict : null;

    public void Add(string key, Verdict verdict, TimeSpan lifetime)
    {
        if (lifetime <= TimeSpan.Zero)
        {
            return;
        }

        if (_known.Count >= Most)
        {
            Sweep();
        }

        _known[key] = (verdict, time.GetTimestamp() + (long)(lifetime.TotalSeconds * time.TimestampFrequency));
    }

    private void Sweep()
    {
        var now = time.GetTimestamp();
        foreach (var (key, known) in _known)
        {
            if (known.Until <= now)
            {
                _known.TryRemove(key, out _);
            }
        }

        if (_known.Count >= Most)
        {
            _known.Clear();
        }
    }
}

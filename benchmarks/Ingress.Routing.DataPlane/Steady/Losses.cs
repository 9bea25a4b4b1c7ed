using System.Collections.Concurrent;

namespace Ingress.Routing.DataPlane.Steady;

/// <summary>Everything that should not have happened. Thread-safe.</summary>
internal sealed class Losses
{
    private const int MostShown = 5;

    private readonly ConcurrentDictionary<string, Kind> _kinds = new();

    /// <summary>How much there is of it.</summary>
    public long Count => _kinds.Values.Sum(static kind => kind.Count);

    /// <param name="kind">What sort of thing it is.</param>
    /// <param name="what">What happened, and where.</param>
    public void Add(string kind, string what) => _kinds.GetOrAdd(kind, static _ => new()).Add(what);

    /// <summary>What happened: each kind with its number, and the first few of it.</summary>
    public IEnumerable<string> Describe()
        => _kinds.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => $"{pair.Key}: {pair.Value}");

    private sealed class Kind
    {
        private readonly ConcurrentQueue<string> _first = new();
        private long _count;

        public long Count => Interlocked.Read(ref _count);

        public void Add(string what)
        {
            if (Interlocked.Increment(ref _count) <= MostShown)
            {
                _first.Enqueue(what);
            }
        }

        public override string ToString() => $"{Count}, such as {string.Join(" | ", _first)}";
    }
}

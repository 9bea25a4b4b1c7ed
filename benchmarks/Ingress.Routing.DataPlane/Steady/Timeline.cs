using System.Collections.Concurrent;

namespace Ingress.Routing.DataPlane.Steady;

/// <summary>Which changes have been made, and which generations they have led to. Thread-safe; one thread makes changes.</summary>
/// <remarks>Changes are numbered from one; zero is what there was at the start.</remarks>
internal sealed class Timeline
{
    private readonly ConcurrentDictionary<long, (int From, int To)> _changes = new();
    private volatile Point _inForce;
    private volatile int _begun;

    /// <param name="generation">The generation at the start.</param>
    public Timeline(long generation)
    {
        _inForce = new(0, generation);
        _changes[generation] = (0, 0);
    }

    /// <summary>The last change that was seen to be in force.</summary>
    public Point InForce => _inForce;

    /// <summary>The last change that was begun.</summary>
    public int Begun => _begun;

    /// <summary>How many generations have come that no change of ours asked for.</summary>
    public int Unasked { get; private set; }

    /// <summary>Takes note that a change is about to be made.</summary>
    public int Begin() => ++_begun;

    /// <summary>Takes note that the last change is in force.</summary>
    /// <param name="generation">The generation that shows it.</param>
    public void Confirm(long generation)
    {
        var change = _begun;
        for (var between = _inForce.Generation + 1; between < generation; between++)
        {
            _changes[between] = (change - 1, change);
            Unasked++;
        }

        _changes[generation] = (change, change);
        _inForce = new(change, generation);
    }

    /// <summary>Up to which change a generation holds them all; a range where that is not known exactly, and null where nothing is known yet.</summary>
    public (int From, int To)? ChangesOf(long generation) => _changes.TryGetValue(generation, out var changes) ? changes : null;

    /// <summary>A change, and the generation in which it came into force.</summary>
    public sealed record Point(int Change, long Generation);
}

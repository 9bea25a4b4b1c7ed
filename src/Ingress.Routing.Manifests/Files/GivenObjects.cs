using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Files;

/// <summary>All objects of one identity, in the order in which they count. Not thread-safe.</summary>
/// <remarks>
/// That is the order of the files that give them, and within a file as written; but those that are kept although their files say something
/// else by now come first, so that whatever is given anew counts instead.
/// </remarks>
internal sealed class GivenObjects
{
    // Nearly always one.
    private readonly List<Given> _items = new(1);

    public int Count => _items.Count;

    public IEnumerable<FoundFile> Files => _items.Select(static item => item.File);

    /// <summary>How many are kept only.</summary>
    public int StaleCount => CountBefore(static item => item.IsStale);

    public KubernetesResource this[int index] => _items[index].Resource;

    /// <summary>The objects that count: the last one, as if the files were applied in their order.</summary>
    /// <remarks>Without a name there is no identity, and all count; the compiler reports each of them.</remarks>
    public KubernetesResource[] InForce()
        => _items.Count <= 1 || _items[0].Resource.Reference.Name.Length == 0
            ? [.. _items.Select(static item => item.Resource)]
            : [_items[^1].Resource];

    public void Add(FoundFile file, KubernetesResource resource, bool isStale)
    {
        var added = new Given(file, resource, isStale);
        _items.Insert(CountBefore(other => Compare(other, added) <= 0), added);
    }

    public void RemoveOf(FoundFile file) => _items.RemoveAll(item => item.File == file);

    /// <summary>Where the first object of a file stands that is not kept only.</summary>
    public int IndexOf(FoundFile file) => CountBefore(other => other.IsStale || FoundFile.Order.Compare(other.File, file) < 0);

    private static int Compare(Given x, Given y)
        => x.IsStale != y.IsStale ? (x.IsStale ? -1 : 1) : FoundFile.Order.Compare(x.File, y.File);

    // In order, so those that come before are together at the beginning.
    private int CountBefore(Predicate<Given> comesBefore)
    {
        var (low, high) = (0, _items.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (comesBefore(_items[middle]))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private readonly record struct Given(FoundFile File, KubernetesResource Resource, bool IsStale);
}

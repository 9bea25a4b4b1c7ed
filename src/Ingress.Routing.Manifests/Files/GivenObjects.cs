using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Files;

/// <summary>All objects of one identity, in the order of the files that give them, and within a file as written. Not thread-safe.</summary>
internal sealed class GivenObjects
{
    // Nearly always one.
    private readonly List<(FoundFile File, KubernetesResource Resource)> _items = new(1);

    public int Count => _items.Count;

    public IEnumerable<FoundFile> Files => _items.Select(static item => item.File);

    public KubernetesResource this[int index] => _items[index].Resource;

    /// <summary>The objects that count: the last one, as if the files were applied in their order.</summary>
    /// <remarks>Without a name there is no identity, and all count; the compiler reports each of them.</remarks>
    public KubernetesResource[] InForce()
        => _items.Count <= 1 || _items[0].Resource.Reference.Name.Length == 0
            ? [.. _items.Select(static item => item.Resource)]
            : [_items[^1].Resource];

    public void Add(FoundFile file, KubernetesResource resource)
        => _items.Insert(CountBefore(other => FoundFile.Order.Compare(other, file) <= 0), (file, resource));

    public void RemoveOf(FoundFile file) => _items.RemoveAll(item => item.File == file);

    /// <summary>Where the first object of a file stands.</summary>
    public int IndexOf(FoundFile file) => CountBefore(other => FoundFile.Order.Compare(other, file) < 0);

    // In order, so those that come before are together at the beginning.
    private int CountBefore(Predicate<FoundFile> comesBefore)
    {
        var (low, high) = (0, _items.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (comesBefore(_items[middle].File))
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
}

using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>The objects of one kind, by identity. Immutable; a changed set shares what is unchanged.</summary>
/// <remarks>By namespace first, because Services and Secrets concern the Ingresses of their own namespace alone.</remarks>
internal sealed class ObjectSet<T>
    where T : KubernetesResource
{
    public static readonly ObjectSet<T> Empty = new([], [], 0);

    private readonly ImmutableDictionary<string, ImmutableDictionary<string, T>> _usable;

    // The identities that need to be talked about: those with several objects, those without a name, and those that no API server would store.
    private readonly ImmutableDictionary<NamespacedName, IReadOnlyList<T>> _special;

    private ObjectSet(
        ImmutableDictionary<string, ImmutableDictionary<string, T>> usable,
        ImmutableDictionary<NamespacedName, IReadOnlyList<T>> special,
        int givenCount)
    {
        _usable = usable;
        _special = special;
        GivenCount = givenCount;
    }

    /// <summary>How many objects were given: the size of <see cref="Given"/>, kept because counting costs more than a change does.</summary>
    public int GivenCount { get; }

    /// <summary>The objects that count: one for each name.</summary>
    public IEnumerable<T> Usable => _usable.Values.SelectMany(static names => names.Values);

    /// <summary>The objects that count, and those without a name, which are invalid and worth explaining.</summary>
    public IEnumerable<T> UsableOrNameless
        => Usable.Concat(_special.Where(static pair => pair.Key.Name.Length == 0).SelectMany(static pair => pair.Value));

    /// <summary>Every object that was given, whether it counts or not.</summary>
    public IEnumerable<T> Given => Usable.Where(item => !_special.ContainsKey(IdentityOf(item))).Concat(_special.Values.SelectMany(static items => items));

    /// <summary>Several objects of one name, one that the API server would not store, or all objects of one namespace without a name.</summary>
    public IEnumerable<IReadOnlyList<T>> Special => _special.Values;

    public static NamespacedName IdentityOf(ResourceReference reference) => new(reference.Namespace, reference.Name);

    public T? Find(NamespacedName name) => _usable.TryGetValue(name.Namespace, out var names) ? names.GetValueOrDefault(name.Name) : null;

    /// <summary>The objects of one namespace that count.</summary>
    public IEnumerable<T> UsableIn(string @namespace) => _usable.TryGetValue(@namespace, out var names) ? names.Values : [];

    /// <summary>The objects of an identity, if there is anything special about it.</summary>
    public bool TryGetSpecial(NamespacedName name, [NotNullWhen(true)] out IReadOnlyList<T>? items) => _special.TryGetValue(name, out items);

    /// <summary>Puts objects in and takes identities out.</summary>
    /// <param name="upserted">Each replaces whatever has its identity; several with one identity are several versions of one object.</param>
    /// <param name="removed">The identities that go.</param>
    /// <param name="changes">Receives the names for which another object counts now.</param>
    public ObjectSet<T> Apply(IReadOnlyList<T> upserted, IEnumerable<NamespacedName> removed, List<ObjectChange<T>> changes)
    {
        var single = new Dictionary<NamespacedName, T?>(upserted.Count);
        foreach (var name in removed)
        {
            single.TryAdd(name, null);
        }

        Dictionary<NamespacedName, HashSet<T>>? several = null;
        foreach (var item in upserted)
        {
            var name = IdentityOf(item);
            var isUsable = name.Name.Length > 0 && IsUsable(item);
            var isFirst = several?.ContainsKey(name) != true && (single.GetValueOrDefault(name) ?? item) is var known && ReferenceEquals(known, item);
            if (isUsable && isFirst)
            {
                single[name] = item;
                continue;
            }

            several ??= [];
            if (!several.TryGetValue(name, out var items))
            {
                several.Add(name, items = new(ReferenceEqualityComparer.Instance));
                if (single.GetValueOrDefault(name) is { } other)
                {
                    items.Add(other);
                }
            }

            items.Add(item);
        }

        var special = several?.ToDictionary(static pair => pair.Key, static IReadOnlyList<T> (pair) => [.. pair.Value]) ?? [];
        foreach (var (name, items) in special)
        {
            single[name] = name.Name.Length > 0 && items.Where(IsUsable).ToList() is { Count: > 0 } usable ? DuplicateObjects.Newest(usable) : null;
        }

        var given = GivenCount;
        foreach (var (name, item) in single)
        {
            given += (special.TryGetValue(name, out var items) ? items.Count : item is null ? 0 : 1) - GivenCountOf(name);
        }

        return new(Replace(single, changes), Note(single.Keys, special), given);
    }

    /// <summary>Whether an object with a name counts. Ingresses and classes are validated further, and elsewhere.</summary>
    public static bool IsUsable(T item) => item is IngressResource or IngressClassResource || ObjectValidator.IsValid(item);

    private static NamespacedName IdentityOf(T item) => IdentityOf(item.Reference);

    private int GivenCountOf(NamespacedName name) => _special.TryGetValue(name, out var items) ? items.Count : Find(name) is null ? 0 : 1;

    private ImmutableDictionary<string, ImmutableDictionary<string, T>> Replace(
        Dictionary<NamespacedName, T?> items, List<ObjectChange<T>> changes)
    {
        var usable = _usable.ToBuilder();
        foreach (var group in items.GroupBy(static item => item.Key.Namespace))
        {
            var names = (usable.TryGetValue(group.Key, out var known) ? known : ImmutableDictionary<string, T>.Empty).ToBuilder();
            foreach (var (name, item) in group)
            {
                var before = names.GetValueOrDefault(name.Name);
                if (ReferenceEquals(before, item))
                {
                    continue;
                }

                changes.Add(new(before, item));
                if (item is null)
                {
                    names.Remove(name.Name);
                }
                else
                {
                    names[name.Name] = item;
                }
            }

            if (names.Count > 0)
            {
                usable[group.Key] = names.ToImmutable();
            }
            else
            {
                usable.Remove(group.Key);
            }
        }

        return usable.ToImmutable();
    }

    private ImmutableDictionary<NamespacedName, IReadOnlyList<T>> Note(
        IEnumerable<NamespacedName> mentioned, Dictionary<NamespacedName, IReadOnlyList<T>> special)
        => (_special.IsEmpty ? _special : _special.RemoveRange(mentioned)).SetItems(special);
}

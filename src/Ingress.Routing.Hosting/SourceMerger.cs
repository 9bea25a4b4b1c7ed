using System.Collections.Immutable;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Hosting;

/// <summary>Makes the changes of several sources changes of what they hold together.</summary>
/// <remarks>Of an object in several of them, the first counts. Each change costs what it weighs. Not thread-safe.</remarks>
internal sealed class SourceMerger
{
    private static readonly Comparer<(int Source, ResourceReference Reference)> s_order =
        Comparer<(int Source, ResourceReference Reference)>.Create(static (x, y) =>
            x.Source != y.Source ? x.Source.CompareTo(y.Source)
            : x.Reference.Kind != y.Reference.Kind ? string.CompareOrdinal(x.Reference.Kind, y.Reference.Kind)
            : x.Reference.Namespace != y.Reference.Namespace ? string.CompareOrdinal(x.Reference.Namespace, y.Reference.Namespace)
            : string.CompareOrdinal(x.Reference.Name, y.Reference.Name));

    private readonly Dictionary<ResourceReference, ImmutableArray<KubernetesResource>>[] _held;
    private readonly IReadOnlyList<IngressDiagnostic>[] _diagnostics;

    // In an order of their own, so that the order of events leaves no trace.
    private readonly SortedDictionary<(int Source, ResourceReference Reference), ImmutableArray<IngressDiagnostic>> _givenTwice
        = new(s_order);

    public SourceMerger(int sources)
    {
        _held = new Dictionary<ResourceReference, ImmutableArray<KubernetesResource>>[sources];
        for (var i = 0; i < sources; i++)
        {
            _held[i] = [];
        }

        _diagnostics = [.. Enumerable.Repeat<IReadOnlyList<IngressDiagnostic>>([], sources)];
    }

    /// <summary>What one source holds.</summary>
    public ClusterSnapshot HeldBy(int source) => ClusterSnapshot.Empty.Apply(new()
    {
        Upserted = [.. _held[source].Values.SelectMany(static versions => versions)],
        SourceDiagnostics = _diagnostics[source],
    });

    /// <summary>Takes a change of one source.</summary>
    /// <returns>What it changes of what all sources hold together.</returns>
    public ClusterChange Merge(int source, ClusterChange change)
    {
        var upserted = new List<KubernetesResource>();
        var removed = new List<ResourceReference>();
        var isReportChanged = change.SourceDiagnostics is not null;
        _diagnostics[source] = change.SourceDiagnostics ?? _diagnostics[source];

        // What one source itself gives twice is passed on: only the compiler evaluates content.
        var versions = change.Upserted
            .GroupBy(static resource => resource.Reference)
            .ToDictionary(static group => group.Key, static group => group.ToImmutableArray());
        foreach (var reference in versions.Keys.Concat(change.Removed.Where(reference => !versions.ContainsKey(reference))))
        {
            var before = InForce(reference);
            if (versions.TryGetValue(reference, out var given))
            {
                _held[source][reference] = given;
            }
            else
            {
                _held[source].Remove(reference);
            }

            var after = InForce(reference);
            isReportChanged |= ReportGivenTwice(reference);
            if (after.IsEmpty && !before.IsEmpty)
            {
                removed.Add(reference);
            }
            else if (!after.AsSpan().SequenceEqual(before.AsSpan(), ReferenceEqualityComparer.Instance))
            {
                upserted.AddRange(after);
            }
        }

        return new() { Upserted = upserted, Removed = removed, SourceDiagnostics = isReportChanged ? AllDiagnostics() : null };
    }

    private ImmutableArray<KubernetesResource> InForce(ResourceReference reference)
    {
        foreach (var held in _held)
        {
            if (held.TryGetValue(reference, out var versions))
            {
                return versions;
            }
        }

        return [];
    }

    private bool ReportGivenTwice(ResourceReference reference)
    {
        KubernetesResource? owner = null;
        var isChanged = false;
        for (var source = 0; source < _held.Length; source++)
        {
            ImmutableArray<IngressDiagnostic> reports = [];
            if (_held[source].TryGetValue(reference, out var versions))
            {
                reports = owner is null ? [] : [.. versions.Where(version => !ReferenceEquals(version, owner)).Select(GivenTwice)];
                owner ??= versions[0];
            }

            isChanged |= Report((source, reference), reports);
        }

        return isChanged;
    }

    private bool Report((int Source, ResourceReference Reference) key, ImmutableArray<IngressDiagnostic> reports)
    {
        if (reports.IsEmpty)
        {
            return _givenTwice.Remove(key);
        }

        if (_givenTwice.TryGetValue(key, out var known) && known.SequenceEqual(reports))
        {
            return false;
        }

        _givenTwice[key] = reports;
        return true;
    }

    private List<IngressDiagnostic> AllDiagnostics()
        => [.. _diagnostics.SelectMany(static diagnostics => diagnostics), .. _givenTwice.Values.SelectMany(static reports => reports)];

    private static IngressDiagnostic GivenTwice(KubernetesResource resource) => new()
    {
        Id = IngressDiagnosticIds.DuplicateObject,
        Severity = IngressDiagnosticSeverity.Warning,
        Resource = resource.Reference,
        Message = "A source that was added earlier gives this object as well. That one is used, and this one is ignored.",
        Location = resource.Origin?.Locate(""),
    };
}

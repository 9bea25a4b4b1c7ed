using Ingress.Routing.Diagnostics;
using Ingress.Routing.Manifests.Templates;
using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Files;

/// <summary>Knows the files in force, which of them give which object, and what is to be reported about each.</summary>
/// <remarks>
/// Of an object that is given several times the last one counts, as if the files were applied in their order. Replacing a file costs what
/// it holds, and as much again for files that give the same objects. Not thread-safe.
/// </remarks>
internal sealed class ManifestIndex
{
    private readonly Dictionary<string, CatalogEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<ResourceReference, GivenObjects> _given = [];
    private readonly SortedDictionary<FoundFile, IReadOnlyList<IngressDiagnostic>> _reports = new(FoundFile.Order);
    private IReadOnlyList<IngressDiagnostic> _failures = [];

    // Since the last change was taken: what counted before, and the files about which there may be something else to report.
    private readonly Dictionary<ResourceReference, KubernetesResource[]> _before = [];
    private readonly HashSet<FoundFile> _touched = [];
    private readonly List<CatalogEntry> _gone = [];
    private readonly SortedSet<FoundFile> _changed = new(FoundFile.Order);

    // The files whose versions on disk are broken, by the objects of which they speak. Nearly always empty.
    private readonly Dictionary<ResourceReference, SortedSet<FoundFile>> _mentions = [];

    public IReadOnlyDictionary<string, CatalogEntry> Entries => _entries;

    /// <summary>Puts in a file, in place of an earlier version.</summary>
    public void Set(CatalogEntry next)
    {
        var known = _entries.GetValueOrDefault(next.Found.FullPath);
        if (ReferenceEquals(known, next))
        {
            return;
        }

        _entries[next.Found.FullPath] = next;
        _touched.Add(next.Found);
        if (known is null || known.Found != next.Found || !ReferenceEquals(known.Hash, next.Hash))
        {
            _changed.Add(next.Found);
        }

        ForgetMentions(known);
        foreach (var reference in next.Mentions)
        {
            (_mentions.TryGetValue(reference, out var files) ? files : _mentions[reference] = new(FoundFile.Order)).Add(next.Found);
        }

        if (known is not null
            && ReferenceEquals(known.File, next.File)
            && ReferenceEquals(known.Adopted, next.Adopted)
            && known.IsKept == next.IsKept
            && known.Found == next.Found)
        {
            return;
        }

        Withdraw(known);
        Give(next.Found, next.File.Resources, next.IsKept);
        Give(next.Found, next.Adopted, isStale: true);
    }

    /// <summary>Keeps what a broken file speaks of and nothing else gives any more: last good follows the object, not the path.</summary>
    public void KeepMentioned()
    {
        foreach (var broken in _gone.Count == 0 ? [] : _changed.ToList())
        {
            if (_entries.TryGetValue(broken.FullPath, out var entry) && entry.Found == broken && entry is { IsKept: false, File.IsWellFormed: false })
            {
                // The same bytes under another name: nothing has to be guessed.
                var earlier = entry.Hash is null ? null : _gone.Find(gone => gone.Hash is not null && gone.Hash.AsSpan().SequenceEqual(entry.Hash));
                Adopt(entry.Found, earlier is null ? [] : [.. earlier.File.Resources, .. earlier.Adopted]);
            }
        }

        foreach (var (reference, before) in _mentions.Count == 0 ? [] : _before.ToList())
        {
            if (before.Length > 0 && _mentions.TryGetValue(reference, out var files))
            {
                Adopt(files.Min!, before);
            }
        }
    }

    private void Adopt(FoundFile file, IReadOnlyCollection<KubernetesResource> resources)
    {
        var lost = resources.Where(resource => resource.Reference.Name.Length > 0 && !_given.ContainsKey(resource.Reference)).ToList();
        if (lost.Count == 0)
        {
            return;
        }

        var entry = _entries[file.FullPath];
        Set(entry with
        {
            Adopted = [.. entry.Adopted, .. lost],
            Problems = entry.Problems.Any(static problem => problem.Id == IngressDiagnosticIds.LastGoodKept)
                ? entry.Problems
                : [.. entry.Problems, FileProblem.LastGoodKept(file.Path)],
        });
    }

    private void Give(FoundFile file, IReadOnlyList<KubernetesResource> resources, bool isStale)
    {
        foreach (var resource in resources)
        {
            var reference = resource.Reference;
            Remember(reference);
            if (!_given.TryGetValue(reference, out var given))
            {
                given = new GivenObjects();
                _given.Add(reference, given);
            }

            given.Add(file, resource, isStale);
        }
    }

    private void ForgetMentions(CatalogEntry? entry)
    {
        foreach (var reference in entry?.Mentions ?? [])
        {
            if (_mentions.TryGetValue(reference, out var files) && files.Remove(entry!.Found) && files.Count == 0)
            {
                _mentions.Remove(reference);
            }
        }
    }

    /// <summary>Takes out a file.</summary>
    public void Remove(CatalogEntry entry)
    {
        _entries.Remove(entry.Found.FullPath);
        _gone.Add(entry);
        ForgetMentions(entry);
        Withdraw(entry);
    }

    /// <summary>Everything that is in force, for a first reader; what has changed until now is no longer a change.</summary>
    public ClusterChange TakeEverything(IReadOnlyList<IngressDiagnostic> failures)
    {
        TakeChange(failures);
        return new()
        {
            Upserted = [.. _given.Values.SelectMany(static given => given.InForce())],
            SourceDiagnostics = AllReports(),
        };
    }

    /// <summary>Takes what has changed since the last call; the first time that is everything.</summary>
    /// <param name="failures">What is to be reported about folders rather than files.</param>
    public ClusterChange TakeChange(IReadOnlyList<IngressDiagnostic> failures)
    {
        var upserted = new List<KubernetesResource>();
        var removed = new List<ResourceReference>();
        foreach (var (reference, before) in _before)
        {
            var after = InForce(reference);
            if (after.Length == 0 && before.Length > 0)
            {
                removed.Add(reference);
            }
            else if (!after.SequenceEqual(before, ReferenceEqualityComparer.Instance))
            {
                upserted.AddRange(after);
            }
        }

        var isReportChanged = UpdateReports() | !failures.SequenceEqual(_failures);
        _failures = failures;
        _before.Clear();
        _touched.Clear();
        _gone.Clear();
        _changed.Clear();
        _before.TrimExcess(); // the first time it was everything
        _touched.TrimExcess();
        return new()
        {
            Upserted = upserted,
            Removed = removed,
            SourceDiagnostics = isReportChanged ? AllReports() : null,
        };
    }

    /// <summary>All that is to be reported.</summary>
    public IReadOnlyList<IngressDiagnostic> AllReports()
        => RelatedReports.Fold([.. _failures, .. _reports.Values.SelectMany(static report => report)]);

    private void Withdraw(CatalogEntry? entry)
    {
        if (entry is null)
        {
            return;
        }

        _touched.Add(entry.Found);
        foreach (var reference in entry.File.Resources.Concat(entry.Adopted).Select(static resource => resource.Reference).Distinct())
        {
            Remember(reference);
            if (_given.TryGetValue(reference, out var given))
            {
                given.RemoveOf(entry.Found);
                if (given.Count == 0)
                {
                    _given.Remove(reference);
                }
            }
        }
    }

    private void Remember(ResourceReference reference)
    {
        if (!_before.ContainsKey(reference))
        {
            _before.Add(reference, InForce(reference));
        }
    }

    // What is reported about a file names the place where the same object is given before, and so changes with it.
    private KubernetesResource[] InForce(ResourceReference reference)
    {
        if (!_given.TryGetValue(reference, out var given))
        {
            return [];
        }

        if (given.Count > 1)
        {
            _touched.UnionWith(given.Files);
        }

        return given.InForce();
    }

    private bool UpdateReports()
    {
        var isChanged = false;
        foreach (var file in _touched)
        {
            var report = _entries.TryGetValue(file.FullPath, out var entry) && entry.Found == file ? ReportOf(entry) : [];
            if (!report.SequenceEqual(_reports.GetValueOrDefault(file, [])))
            {
                isChanged = true;
                _reports[file] = report;
            }

            if (report.Count == 0)
            {
                _reports.Remove(file);
            }
        }

        return isChanged;
    }

    private List<IngressDiagnostic> ReportOf(CatalogEntry entry)
    {
        var report = new List<IngressDiagnostic>(entry.File.Diagnostics);
        var places = new Dictionary<ResourceReference, int>();
        foreach (var resource in entry.IsKept ? [] : entry.File.Resources)
        {
            var reference = resource.Reference;
            if (reference.Name.Length == 0 || _given[reference] is not { Count: > 1 } given)
            {
                continue;
            }

            var place = places.TryGetValue(reference, out var last) ? last + 1 : given.IndexOf(entry.Found);
            places[reference] = place;
            if (place > given.StaleCount)
            {
                report.Add(GivenTwice(given[place - 1], resource));
            }
        }

        report.AddRange(entry.Problems);
        return report;
    }

    private static IngressDiagnostic GivenTwice(KubernetesResource earlier, KubernetesResource resource) => new()
    {
        Id = IngressDiagnosticIds.DuplicateObject,
        Severity = IngressDiagnosticSeverity.Warning,
        FieldError = FieldErrorKind.Duplicate,
        Resource = resource.Reference,
        Field = "metadata.name",
        Message = $"The {resource.Kind} is also given at {earlier.Origin?.Locate("metadata.name")}. This later one counts.",
        Location = resource.Origin?.Locate("metadata.name"),
    };
}

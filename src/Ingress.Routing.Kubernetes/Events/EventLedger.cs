using Ingress.Routing.Diagnostics;

namespace Ingress.Routing.Kubernetes.Events;

/// <summary>Which causes there are, and when each is due to be told (K41). Not thread-safe; knows no clock but the times it is given.</summary>
internal sealed class EventLedger
{
    /// <summary>How long something has to be missing: most of what is missing at first comes a moment later.</summary>
    public static readonly TimeSpan UnresolvedDelay = TimeSpan.FromSeconds(30);

    /// <summary>How often it is said that something still is so.</summary>
    public static readonly TimeSpan RepeatInterval = TimeSpan.FromMinutes(30);

    private readonly Dictionary<EventCause, Entry> _entries = [];
    private readonly Dictionary<NamespacedName, List<EventCause>> _causes = [];

    public int Count => _entries.Count;

    /// <summary>Takes what is reported about an Ingress now; what was reported before and is not any more, is over.</summary>
    public void Note(NamespacedName ingress, string? uid, IEnumerable<IngressDiagnostic> diagnostics, DateTimeOffset now)
    {
        var causes = diagnostics
            .Select(diagnostic => EventReasons.Of(diagnostic) is { } reason ? new EventCause(ingress, uid, reason, NoteOf(diagnostic)) : null)
            .OfType<EventCause>()
            .Distinct()
            .ToList();
        foreach (var gone in (_causes.GetValueOrDefault(ingress) ?? []).Except(causes).ToList())
        {
            // What was told stays known for a while, so that a cause that comes and goes is not told each time.
            var entry = _entries[gone];
            entry.IsOver = true;
            if (entry.LastTold is null)
            {
                _entries.Remove(gone);
            }
        }

        foreach (var cause in causes)
        {
            if (!_entries.TryGetValue(cause, out var entry))
            {
                _entries[cause] = entry = new() { Since = now };
            }
            else if (entry.IsOver)
            {
                entry.IsOver = false;
                entry.Since = now;
            }
        }

        if (causes.Count > 0)
        {
            _causes[ingress] = causes;
        }
        else
        {
            _causes.Remove(ingress);
        }
    }

    /// <summary>The Ingresses about which there is anything to tell.</summary>
    public IReadOnlyCollection<NamespacedName> Ingresses => [.. _causes.Keys];

    /// <summary>What is due first, and how often it was told; null when nothing is due.</summary>
    public (EventCause Cause, int Told)? NextDue(DateTimeOffset now)
    {
        (EventCause Cause, Entry Entry)? best = null;
        foreach (var (cause, entry) in _entries)
        {
            if (!entry.IsOver && DueAt(cause, entry) <= now && (best is null || DueAt(cause, entry) < DueAt(best.Value.Cause, best.Value.Entry)))
            {
                best = (cause, entry);
            }
        }

        return best is { } found ? (found.Cause, found.Entry.Told) : null;
    }

    /// <summary>When something is due next; null when nothing will be.</summary>
    public DateTimeOffset? NextDueAt()
        => _entries.Where(static item => !item.Value.IsOver).Select(static item => (DateTimeOffset?)DueAt(item.Key, item.Value)).Min();

    /// <summary>Notes that a cause was told.</summary>
    public void Told(EventCause cause, DateTimeOffset now)
    {
        if (_entries.TryGetValue(cause, out var entry))
        {
            entry.Told++;
            entry.LastTold = now;
            entry.NotBefore = null;
        }
    }

    /// <summary>Puts a cause off that could not be told.</summary>
    public void PutOff(EventCause cause, DateTimeOffset until)
    {
        if (_entries.TryGetValue(cause, out var entry))
        {
            entry.NotBefore = until;
        }
    }

    /// <summary>Notes that the API server has forgotten the event of a cause.</summary>
    public void Forgotten(EventCause cause)
    {
        if (_entries.TryGetValue(cause, out var entry))
        {
            entry.Told = 0;
        }
    }

    /// <summary>Forgets what has been over for so long that it would be told anew.</summary>
    public void Clean(DateTimeOffset now)
    {
        foreach (var cause in _entries.Where(item => item.Value.IsOver && item.Value.LastTold + RepeatInterval <= now).Select(static item => item.Key).ToList())
        {
            _entries.Remove(cause);
        }
    }

    private static string NoteOf(IngressDiagnostic diagnostic)
        => diagnostic.Field.Length > 0 ? $"{diagnostic.Field}: {diagnostic.Message} ({diagnostic.Id})" : $"{diagnostic.Message} ({diagnostic.Id})";

    private static DateTimeOffset DueAt(EventCause cause, Entry entry)
    {
        var due = entry.LastTold is { } told ? told + RepeatInterval
            : cause.Reason == EventReason.Unresolved ? entry.Since + UnresolvedDelay
            : entry.Since;
        return entry.NotBefore > due ? entry.NotBefore.Value : due;
    }

    private sealed class Entry
    {
        public DateTimeOffset Since { get; set; }

        public DateTimeOffset? LastTold { get; set; }

        public DateTimeOffset? NotBefore { get; set; }

        public int Told { get; set; }

        public bool IsOver { get; set; }
    }
}

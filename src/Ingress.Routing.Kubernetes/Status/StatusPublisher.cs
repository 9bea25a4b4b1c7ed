using System.Collections.Concurrent;
using Ingress.Routing.Kubernetes.Leases;
using Ingress.Routing.Kubernetes.Requests;
using Ingress.Routing.Model;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Kubernetes.Status;

/// <summary>Writes into the status of every Ingress that is served where it is reached (K29 to K35), for one term.</summary>
/// <remarks>A new leader begins with nothing, and finds out from the statuses what is there.</remarks>
#pragma warning disable CA1001 // The changes are disposed when its one run ends; a semaphore whose handle nobody asks for holds nothing.
internal sealed partial class StatusPublisher(
    IngressRouter router, IApiRequests api, PublishedAddresses addresses, Leadership term, WriteMetrics metrics, TimeProvider time, ILogger logger)
#pragma warning restore CA1001
{
    private const int MostWritesAtOnce = 10;

    private static readonly TimeSpan s_betweenWrites = TimeSpan.FromMilliseconds(50);

    // Somebody else has changed the object; the watch tells soon. Should it not, this is when to try again.
    private static readonly TimeSpan s_afterConflict = TimeSpan.FromSeconds(10);

    private readonly ChangedIngresses _changes = new(router);
    private readonly Queue<NamespacedName> _queue = new();
    private readonly HashSet<NamespacedName> _queued = [];
    private readonly Dictionary<NamespacedName, IngressStanding> _standings = []; // those that are served are not in it
    private readonly ConcurrentDictionary<NamespacedName, StatusMemory> _memories = new();
    private readonly Dictionary<NamespacedName, long> _later = []; // when to look again
    private readonly ConcurrentDictionary<NamespacedName, bool> _inFlight = new();
    private readonly ConcurrentQueue<(NamespacedName Name, TimeSpan Delay)> _again = new();
    private readonly SemaphoreSlim _slots = new(MostWritesAtOnce);
    private readonly Pacer _pacer = new(time, s_betweenWrites);
    private readonly BackOff _backOff = new(time);
    private AddressSet _published = AddressSet.None;

    /// <summary>Works until the term ends.</summary>
    public async Task RunAsync()
    {
        using var disposing = _changes;
        using var listening = addresses.OnChanged(_changes.Wake);
        while (term.IsHeld)
        {
            var table = Gather();
            if (table is null || !_queue.TryDequeue(out var name))
            {
                await _changes.WaitAsync(UntilNext(), time, term.Ended).ConfigureAwait(false);
                continue;
            }

            _queued.Remove(name);
            if (Decide(table, name) is { } write)
            {
                await StartAsync(write.Ingress, write.Addresses).ConfigureAwait(false);
            }
        }
    }

    private IngressRouteTable? Gather()
    {
        var (table, changed, restated) = _changes.Take();
        if (table is null)
        {
            return null;
        }

        var known = _published;
        _published = addresses.Current;
        if (changed is null)
        {
            _standings.Clear();
            NoteStandings(table, table.Diagnostics);
        }
        else if (changed.Count > 0)
        {
            foreach (var resource in changed)
            {
                _standings.Remove(new(resource.Namespace, resource.Name));
                Enqueue(new(resource.Namespace, resource.Name));
            }

            NoteStandings(table, table.DiagnosticsOf(changed));
        }

        foreach (var resource in restated)
        {
            Enqueue(new(resource.Namespace, resource.Name));
        }

        if (changed is null || !known.Equals(_published))
        {
            foreach (var ingress in table.Snapshot.Ingresses)
            {
                Enqueue(ingress.Name);
            }
        }

        while (_again.TryDequeue(out var again))
        {
            _later[again.Name] = time.GetTimestamp() + (long)(again.Delay.TotalSeconds * time.TimestampFrequency);
        }

        var now = time.GetTimestamp();
        foreach (var name in _later.Where(item => item.Value <= now).Select(static item => item.Key).ToList())
        {
            _later.Remove(name);
            Enqueue(name);
        }

        return table;
    }

    private void NoteStandings(IngressRouteTable table, IEnumerable<Diagnostics.IngressDiagnostic> diagnostics)
    {
        foreach (var (name, standing) in IngressStandings.Read(table, diagnostics))
        {
            _standings[name] = standing;
        }
    }

    private void Enqueue(NamespacedName name)
    {
        if (_queued.Add(name))
        {
            _queue.Enqueue(name);
        }
    }

    private TimeSpan UntilNext()
    {
        if (_later.Count == 0)
        {
            return Timeout.InfiniteTimeSpan;
        }

        var rest = time.GetElapsedTime(time.GetTimestamp(), _later.Values.Min());
        return rest > TimeSpan.FromMilliseconds(1) ? rest : TimeSpan.FromMilliseconds(1);
    }

    private (IngressResource Ingress, AddressSet Addresses)? Decide(IngressRouteTable table, NamespacedName name)
    {
        if (table.FindIngress(name) is not { } ingress)
        {
            _memories.TryRemove(name, out _);
            _later.Remove(name);
            return null;
        }

        if (_inFlight.ContainsKey(name))
        {
            return null; // what comes of it is looked at when it is done
        }

        var memory = _memories.GetValueOrDefault(name);
        var sinceWritten = memory?.WrittenAt is { } at ? time.GetElapsedTime(at) : TimeSpan.Zero;
        var step = StatusRules.Decide(ingress, _standings.GetValueOrDefault(name, IngressStanding.Served), _published, memory, sinceWritten);
        if (step.Remember is { } remember)
        {
            _memories[name] = remember;
        }
        else
        {
            _memories.TryRemove(name, out _);
        }

        if (step.IsOverwritten)
        {
            Log.Overwritten(logger, name, AddressSet.Of(ingress), _published);
        }

        if (step.LookAgainAfter is { } later)
        {
            _again.Enqueue((name, later));
        }

        return step.Write is { } write ? (ingress, write) : null;
    }

    private async Task StartAsync(IngressResource ingress, AddressSet write)
    {
        await _backOff.WaitAsync(term.Ended).ConfigureAwait(false);
        await _pacer.WaitAsync(term.Ended).ConfigureAwait(false);
        await _slots.WaitAsync(term.Ended).ConfigureAwait(false);
        if (!term.IsHeld)
        {
            return;
        }

        _inFlight[ingress.Name] = true;
        _ = WriteAsync(ingress, write);
    }

    private async Task WriteAsync(IngressResource ingress, AddressSet write)
    {
        try
        {
            var answer = await api.SendAsync(
                HttpMethod.Patch, StatusPatch.PathOf(ingress), StatusPatch.BodyOf(ingress, write), term.Ended).ConfigureAwait(false);
            metrics.StatusWritten(answer);
            Conclude(ingress, write, answer);
        }
        catch (OperationCanceledException) when (term.Ended.IsCancellationRequested)
        {
        }
        catch (Exception failure)
        {
            Log.Failed(logger, ingress.Name, failure.Message);
            _again.Enqueue((ingress.Name, BackOff.Longest));
        }
        finally
        {
            _inFlight.TryRemove(ingress.Name, out _);
            _slots.Release();
            _changes.Wake();
        }
    }

    private void Conclude(IngressResource ingress, AddressSet write, ApiAnswer answer)
    {
        var (name, version) = (ingress.Name, ingress.Metadata.ResourceVersion);
        var memory = _memories.GetValueOrDefault(name) ?? new() { Uid = ingress.Metadata.Uid };
        switch (answer)
        {
            case { IsSuccess: true }:
                // The API server makes no new version of a patch that changes nothing, so there is nothing to wait for then.
                _memories[name] = memory with
                {
                    Ours = write,
                    WrittenAt = time.GetTimestamp(),
                    PatchedVersion = answer.Version == version ? null : version,
                    Refused = null,
                };
                _backOff.Reset();
                _again.Enqueue((name, TimeSpan.Zero)); // a change that came in the meantime was passed over
                break;

            case { IsMissing: true }:
                _memories.TryRemove(name, out _);
                break;

            case { IsConflict: true }:
                _again.Enqueue((name, s_afterConflict));
                break;

            case { IsInvalid: true }:
                Log.Refused(logger, name, answer.Describe());
                _memories[name] = memory with { Refused = (version, write) };
                break;

            default:
                // For hundreds of Ingresses it is one problem: the first one says it.
                if (_backOff.Fail(answer.RetryAfter))
                {
                    Log.Failed(logger, name, answer.Describe());
                }

                _again.Enqueue((name, TimeSpan.Zero));
                break;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(71, LogLevel.Warning, "Somebody else wrote {Found} into the status of the Ingress {Ingress}, in the place of {Ours}. It is written again at most once a minute.", EventName = "StatusOverwritten")]
        public static partial void Overwritten(ILogger logger, NamespacedName ingress, AddressSet found, AddressSet ours);

        [LoggerMessage(72, LogLevel.Warning, "The API server refused the status of the Ingress {Ingress}: {Problem}. It is not tried again before the Ingress or the addresses change.", EventName = "StatusRefused")]
        public static partial void Refused(ILogger logger, NamespacedName ingress, string problem);

        [LoggerMessage(73, LogLevel.Warning, "The status of the Ingress {Ingress} could not be written: {Problem}. It is tried again.", EventName = "StatusNotWritten")]
        public static partial void Failed(ILogger logger, NamespacedName ingress, string problem);
    }
}

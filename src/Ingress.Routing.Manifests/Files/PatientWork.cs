using System.Diagnostics;

namespace Ingress.Routing.Manifests.Files;

/// <summary>Does pieces of work one after the other, on a thread of its own, and leaves behind those that take too long.</summary>
/// <remarks>
/// What is left behind goes on by itself, and is taken up when it is done. A thread that waits for a disk cannot be stopped, so only a few
/// may be; they do not keep the process from ending. Used by one thread.
/// </remarks>
/// <param name="keyOf">Tells pieces of work apart.</param>
/// <param name="isSame">Whether what came of the first still is what the second asks for.</param>
/// <param name="newWorker">Makes what does the work; it is used by one thread only. It must not throw.</param>
/// <param name="onLate">Called, by another thread, with the key of work that was left behind and is done.</param>
internal sealed class PatientWork<TItem, TResult>(
    Func<TItem, string> keyOf,
    Func<TItem, TItem, bool> isSame,
    Func<Func<PatientJob<TItem, TResult>, TResult>> newWorker,
    Action<string> onLate)
{
    private const int MaxBehind = 16;

    private readonly Dictionary<string, PatientJob<TItem, TResult>> _behind = new(StringComparer.Ordinal);

    /// <summary>Whether some work was left behind, and has not been taken up.</summary>
    public bool HasBehind => _behind.Count > 0;

    /// <summary>Does the work.</summary>
    /// <returns>A job for each item, in order; one that is not done was left behind, now or earlier, or was not begun.</returns>
    public IReadOnlyList<PatientJob<TItem, TResult>> Run(IReadOnlyList<TItem> items, Patience patience)
    {
        var jobs = new PatientJob<TItem, TResult>[items.Count];
        var open = new List<PatientJob<TItem, TResult>>(items.Count);
        for (var i = 0; i < jobs.Length; i++)
        {
            jobs[i] = TakeUp(items[i]) ?? new(items[i]);
            if (jobs[i] is { IsDone: false, Started: 0 })
            {
                open.Add(jobs[i]);
            }
        }

        for (var next = 0; next < open.Count && _behind.Count < MaxBehind;)
        {
            var pass = new Pass(this, open, next);
            next = pass.Wait(patience);
            if (next < open.Count)
            {
                _behind[keyOf(open[next].Item)] = open[next];
                next++;
            }
        }

        return jobs;
    }

    /// <summary>How long a job has been going on.</summary>
    public static TimeSpan ElapsedSince(PatientJob<TItem, TResult> job) => job.Started == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(job.Started);

    private PatientJob<TItem, TResult>? TakeUp(TItem item)
    {
        var key = keyOf(item);
        if (!_behind.TryGetValue(key, out var job))
        {
            return null;
        }

        if (!job.IsDone)
        {
            return job;
        }

        _behind.Remove(key);
        return isSame(job.Item, item) ? job : null;
    }

    private Func<PatientJob<TItem, TResult>, TResult> NewWorker() => newWorker();

    private void Late(TItem item) => onLate(keyOf(item));

    /// <summary>One thread on its way through the list.</summary>
    private sealed class Pass
    {
        private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(1);

        private readonly PatientWork<TItem, TResult> _owner;
        private readonly List<PatientJob<TItem, TResult>> _jobs;
        private readonly Lock _gate = new();
        private readonly TaskCompletionSource _finished = new();
        private int _current;
        private bool _isLeft;

        public Pass(PatientWork<TItem, TResult> owner, List<PatientJob<TItem, TResult>> jobs, int first)
        {
            (_owner, _jobs, _current) = (owner, jobs, first);
            _jobs[first].Started = Now();
            new Thread(Work) { IsBackground = true, Name = "Reads manifests" }.Start();
        }

        /// <summary>Waits for the thread, or until one job has taken too long.</summary>
        /// <returns>The job to be left behind; the number of jobs when there is none.</returns>
        public int Wait(Patience patience)
        {
            var rest = patience.Reading;
            while (!_finished.Task.Wait(rest))
            {
                lock (_gate)
                {
                    if (_current >= _jobs.Count)
                    {
                        break;
                    }

                    var job = _jobs[_current];
                    var limit = patience.LimitOf(job.Phase);
                    var elapsed = ElapsedSince(job);
                    if (elapsed >= limit)
                    {
                        _isLeft = true;
                        return _current;
                    }

                    rest = limit - elapsed;
                    rest = rest < patience.Reading ? rest : patience.Reading;
                    rest = rest > s_shortest ? rest : s_shortest;
                }
            }

            return _jobs.Count;
        }

        // Never zero, which means that a job was not begun.
        private static long Now() => Math.Max(Stopwatch.GetTimestamp(), 1);

        private void Work()
        {
            var work = _owner.NewWorker();
            while (true)
            {
                var job = _jobs[_current];
                job.Finish(work(job));
                lock (_gate)
                {
                    if (_isLeft)
                    {
                        break;
                    }

                    _current++;
                    if (_current == _jobs.Count)
                    {
                        _finished.SetResult();
                        return;
                    }

                    _jobs[_current].Started = Now();
                }
            }

            _owner.Late(_jobs[_current].Item);
        }
    }
}

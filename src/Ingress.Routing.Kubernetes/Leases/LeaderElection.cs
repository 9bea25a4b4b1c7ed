using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Kubernetes.Leases;

/// <summary>Takes part in the election of the one replica that writes, with the times and the rules of client-go (K36 to K39).</summary>
/// <remarks>
/// Whether a Lease has run out is judged by our own clock, from when we saw it change (K37): clocks of other machines are not compared with
/// ours. Losing the Lease ends a term, and nothing else: the replica goes on serving and stays in the election (K38, K40).
/// </remarks>
internal sealed partial class LeaderElection(ILeaseStore store, string identity, TimeProvider time, ILogger logger)
{
    /// <summary>How long the others wait for the leader.</summary>
    public static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(15);

    /// <summary>How long a leader that cannot renew goes on leading.</summary>
    public static readonly TimeSpan RenewDeadline = TimeSpan.FromSeconds(10);

    /// <summary>How often a leader renews. The others look after this time, or up to 2.2 times of it.</summary>
    public static readonly TimeSpan RetryPeriod = TimeSpan.FromSeconds(2);

    private const double JitterFactor = 1.2;

    private StoredLease? _seen;
    private long _seenAt;
    private Leadership? _term;
    private string? _problem;

    /// <summary>Whether this replica leads.</summary>
    public bool IsLeader => Volatile.Read(ref _term) is { IsHeld: true };

    /// <summary>Who leads, as far as is known; empty when nobody does.</summary>
    public string Leader => _seen?.Record.Holder ?? "";

    /// <summary>Takes part until it is cancelled.</summary>
    /// <param name="lead">What to do in a term. It ends when the term does; the next one waits for it.</param>
    /// <param name="cancellationToken">Ends it. The Lease is kept: <see cref="ReleaseAsync"/> gives it up.</param>
    public async Task RunAsync(Func<Leadership, Task> lead, CancellationToken cancellationToken)
    {
        var leading = Task.CompletedTask;
        Leadership? begun = null;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await TryAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }

            if (_term is { IsHeld: true } term && term != begun)
            {
                begun = term;
                leading = LeadAsync(leading, lead, term);
            }

            await Task.Delay(NextDelay(), time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _term?.End();
        await leading.ConfigureAwait(false);
    }

    /// <summary>One attempt to take or to keep the Lease.</summary>
    public async Task TryAsync(CancellationToken cancellationToken)
    {
        var sent = time.GetTimestamp();
        if (_term is { IsHeld: false })
        {
            EndTerm("");
        }

        if (_term is not null && _seen is { } held)
        {
            // Nobody else has a reason to write it, so the version is mostly known, and one request is enough.
            var renewed = await SendAsync(token => store.ReplaceAsync(held, Renewed(held.Record), token), cancellationToken).ConfigureAwait(false);
            if (renewed.Lease is not null)
            {
                Take(renewed.Lease, sent);
                return;
            }

            if (!renewed.IsConflict && !renewed.IsMissing)
            {
                Report(renewed.Problem);
                return;
            }
        }

        var answer = await SendAsync(store.ReadAsync, cancellationToken).ConfigureAwait(false);
        sent = time.GetTimestamp();
        if (answer.IsMissing)
        {
            answer = await SendAsync(token => store.CreateAsync(Acquired(transitions: 0), token), cancellationToken).ConfigureAwait(false);
            Conclude(answer, sent);
            return;
        }

        if (answer.Lease is not { } found)
        {
            Report(answer.Problem);
            return;
        }

        Observe(found);
        var isOurs = found.Record.Holder == identity;
        if (!isOurs)
        {
            EndTerm(found.Record.Holder);
            if (!found.Record.IsFree && !HasRunOut(found.Record))
            {
                Report(null);
                return;
            }
        }

        var next = isOurs ? Renewed(found.Record) : Acquired(found.Record.Transitions + 1);
        Conclude(await SendAsync(token => store.ReplaceAsync(found, next, token), cancellationToken).ConfigureAwait(false), sent);
    }

    /// <summary>Gives the Lease up, if it is ours, so that another replica takes it at once (K39).</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        _term?.End();
        for (var attempt = 0; attempt < 2 && _seen is { } held && held.Record.Holder == identity; attempt++)
        {
            var now = time.GetUtcNow();
            var free = new LeaseRecord("", 1, now, now, held.Record.Transitions);
            var answer = await store.ReplaceAsync(held, free, cancellationToken).ConfigureAwait(false);
            if (answer.Lease is { } released)
            {
                Observe(released);
                Log.Released(logger);
                return;
            }

            if (!answer.IsConflict || (await store.ReadAsync(cancellationToken).ConfigureAwait(false)).Lease is not { } newer)
            {
                return;
            }

            Observe(newer);
        }
    }

    // Exceptions of one attempt must not end the election.
    private static async Task<LeaseAnswer> SendAsync(Func<CancellationToken, Task<LeaseAnswer>> send, CancellationToken cancellationToken)
    {
        try
        {
            return await send(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            return new(null, Problem: failure.Message);
        }
    }

    private async Task LeadAsync(Task before, Func<Leadership, Task> lead, Leadership term)
    {
        await before.ConfigureAwait(false);
        try
        {
            await lead(term).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (term.Ended.IsCancellationRequested)
        {
        }
        catch (Exception failure)
        {
            Log.TermFailed(logger, failure); // the next replica would most likely fail in the same way
        }
    }

    private LeaseRecord Acquired(int transitions)
    {
        var now = time.GetUtcNow();
        return new(identity, (int)LeaseDuration.TotalSeconds, now, now, transitions);
    }

    private LeaseRecord Renewed(LeaseRecord held)
        => held with { DurationSeconds = (int)LeaseDuration.TotalSeconds, Renewed = time.GetUtcNow() };

    private void Observe(StoredLease found)
    {
        if (_seen is null || _seen.Record != found.Record)
        {
            _seenAt = time.GetTimestamp();
        }

        _seen = found;
    }

    private bool HasRunOut(LeaseRecord record) => time.GetElapsedTime(_seenAt) >= TimeSpan.FromSeconds(record.DurationSeconds);

    private void Conclude(LeaseAnswer answer, long sent)
    {
        if (answer.Lease is { } lease)
        {
            Take(lease, sent);
        }
        else if (answer.IsConflict)
        {
            Report(null); // another replica was faster
        }
        else
        {
            Report(answer.Problem);
        }
    }

    private void Take(StoredLease lease, long sent)
    {
        Report(null);
        _seen = lease;
        _seenAt = time.GetTimestamp();
        if (_term is { IsHeld: true } term)
        {
            term.Renew(sent);
        }
        else
        {
            _term?.End(); // its timer may not have run yet
            Volatile.Write(ref _term, new Leadership(time, sent, RenewDeadline));
            Log.Leads(logger, identity);
        }
    }

    private void EndTerm(string leader)
    {
        if (_term is { } term)
        {
            term.End();
            Volatile.Write(ref _term, null);
            Log.Lost(logger, leader.Length > 0 ? $"{leader} does" : "the Lease could not be renewed in time");
        }
    }

    private TimeSpan NextDelay()
        => _term is { IsHeld: true } ? RetryPeriod : RetryPeriod + (RetryPeriod * JitterFactor * Random.Shared.NextDouble());

    // Once for each reason: this is tried every few seconds for as long as the server is away.
    private void Report(string? problem)
    {
        if (problem is not null && problem != _problem)
        {
            Log.Problem(logger, problem);
        }

        _problem = problem;
    }

    private static partial class Log
    {
        [LoggerMessage(61, LogLevel.Information, "This replica, {Identity}, leads: it writes statuses and events.", EventName = "Leads")]
        public static partial void Leads(ILogger logger, string identity);

        [LoggerMessage(62, LogLevel.Information, "This replica does not lead any more: {Reason}. It goes on serving.", EventName = "LeadershipLost")]
        public static partial void Lost(ILogger logger, string reason);

        [LoggerMessage(63, LogLevel.Warning, "The Lease cannot be read or written: {Problem}. Statuses are not written until it can; requests are served.", EventName = "LeaseProblem")]
        public static partial void Problem(ILogger logger, string problem);

        [LoggerMessage(64, LogLevel.Information, "The Lease is released.", EventName = "LeaseReleased")]
        public static partial void Released(ILogger logger);

        [LoggerMessage(65, LogLevel.Error, "Writing statuses and events broke off, which is a defect. Requests are served.", EventName = "TermFailed")]
        public static partial void TermFailed(ILogger logger, Exception failure);
    }
}

using System.Collections.Concurrent;

namespace Ingress.Routing.DataPlane.Steady;

/// <summary>Holds each response to what the generation that it names asks for. Thread-safe.</summary>
internal sealed class Judge(Timeline timeline, Losses losses)
{
    private readonly ConcurrentQueue<Case> _open = new();
    private long _replies;
    private long _fromBackends;

    /// <summary>How many responses were looked at.</summary>
    public long Replies => Interlocked.Read(ref _replies);

    /// <summary>How many of them a backend has given, those that last included.</summary>
    public long FromBackends => Interlocked.Read(ref _fromBackends);

    /// <summary>Takes note of a response that lasts.</summary>
    public void AddStream() => Interlocked.Increment(ref _fromBackends);

    /// <param name="client">Who has got it.</param>
    /// <param name="subject">Whose host it is about.</param>
    /// <param name="sent">What was in force when the request was sent.</param>
    /// <param name="reply">The response.</param>
    public void Look(string client, Subject subject, Timeline.Point sent, in Reply reply)
    {
        Interlocked.Increment(ref _replies);
        if (reply.Backend is not null)
        {
            Interlocked.Increment(ref _fromBackends);
        }

        var item = new Case(client, subject, sent, reply, timeline.Begun);
        if (!TryDecide(item))
        {
            _open.Enqueue(item);
        }
    }

    /// <summary>Decides about responses of generations that were not known yet.</summary>
    /// <param name="isLast">Whether nothing more will be known.</param>
    public void DecideOpen(bool isLast = false)
    {
        for (var count = _open.Count; count > 0 && _open.TryDequeue(out var item); count--)
        {
            if (TryDecide(item))
            {
                continue;
            }

            if (isLast)
            {
                losses.Add("unknown generation", item.ToString());
            }
            else
            {
                _open.Enqueue(item);
            }
        }
    }

    private bool TryDecide(Case item)
    {
        var generation = item.Reply.Generation;
        if (generation < item.Sent.Generation)
        {
            losses.Add("older generation than was in force", item.ToString());
            return true;
        }

        if (timeline.ChangesOf(generation) is not var (from, to))
        {
            return false;
        }

        // Endpoints may be those of a table that came into force while the request was on its way.
        to = item.Subject.IsAboutEndpoints && item.Begun > to ? item.Begun : to;
        if (!item.Subject.Fits(from, to, item.Reply))
        {
            losses.Add(item.Reply.Status is 200 or 404 ? "misrouted" : "failed", $"{item}, versions {item.Subject.VersionsBetween(from, to)}");
        }

        return true;
    }

    private sealed record Case(string Client, Subject Subject, Timeline.Point Sent, Reply Reply, int Begun)
    {
        public override string ToString() => $"{Client} {Subject.Host}: {Reply}, sent at {Sent}";
    }
}

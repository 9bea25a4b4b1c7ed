namespace Ingress.Routing.AspNetCore.Limits;

/// <summary>The requests that wait for room, in turns of their clients. Only for who holds the gate of <see cref="RequestGate"/>.</summary>
/// <remarks>When it is full, the client with the most requests in it loses its last one: a flood drives out itself.</remarks>
internal sealed class RequestQueue
{
    private readonly Dictionary<UInt128, Line> _lines = [];
    private readonly LinkedList<Line> _turns = new();

    /// <summary>How many requests wait.</summary>
    public int Count { get; private set; }

    /// <summary>Lets a request wait, perhaps in the place of another one, which is refused.</summary>
    /// <param name="client">Its client; null when that is unknown.</param>
    /// <param name="capacity">How many may wait.</param>
    /// <returns>The request that waits; null when it may not.</returns>
    public Waiter? TryAdd(ClientCount? client, int capacity)
    {
        var key = client?.Key ?? UInt128.Zero;
        var own = _lines.GetValueOrDefault(key);
        if (Count >= capacity)
        {
            var longest = _turns.MaxBy(static line => line.Waiters.Count);
            if (longest is null || longest.Waiters.Count <= (own?.Waiters.Count ?? 0) + 1)
            {
                return null;
            }

            var last = longest.Waiters.Last!.Value;
            Remove(last);
            last.Refuse();
            own = _lines.GetValueOrDefault(key);
        }

        if (own is null)
        {
            _lines.Add(key, own = new(key));
            _turns.AddLast(own.Turn);
        }

        var waiter = new Waiter(client, own);
        own.Waiters.AddLast(waiter.Place);
        Count++;
        return waiter;
    }

    /// <summary>Takes out the request whose turn it is.</summary>
    /// <param name="mayEnter">Whether there is room for a request of a client.</param>
    public Waiter? Next(Func<ClientCount?, bool> mayEnter)
    {
        for (var turn = _turns.First; turn is not null; turn = turn.Next)
        {
            var waiter = turn.Value.Waiters.First!.Value;
            if (mayEnter(waiter.Client))
            {
                Remove(waiter);
                if (turn.List is not null)
                {
                    _turns.Remove(turn);
                    _turns.AddLast(turn);
                }

                return waiter;
            }
        }

        return null;
    }

    /// <summary>Takes a request out.</summary>
    /// <returns>False when it is not there any more.</returns>
    public bool Remove(Waiter waiter)
    {
        if (waiter.Place.List is null)
        {
            return false;
        }

        var line = waiter.Line;
        line.Waiters.Remove(waiter.Place);
        Count--;
        if (line.Waiters.Count == 0)
        {
            _lines.Remove(line.Key);
            _turns.Remove(line.Turn);
        }

        return true;
    }

    /// <summary>The requests of one client.</summary>
    internal sealed class Line
    {
        public Line(UInt128 key)
        {
            Key = key;
            Turn = new(this);
        }

        public UInt128 Key { get; }

        public LinkedListNode<Line> Turn { get; }

        public LinkedList<Waiter> Waiters { get; } = new();
    }

    /// <summary>A request that waits.</summary>
    internal sealed class Waiter
    {
        private readonly TaskCompletionSource<bool> _decision = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Waiter(ClientCount? client, Line line)
        {
            Client = client;
            Line = line;
            Place = new(this);
        }

        public ClientCount? Client { get; }

        public Line Line { get; }

        public LinkedListNode<Waiter> Place { get; }

        /// <summary>Whether it was let in.</summary>
        public Task<bool> Decision => _decision.Task;

        public void Admit() => _decision.SetResult(true);

        public void Refuse() => _decision.SetResult(false);
    }
}

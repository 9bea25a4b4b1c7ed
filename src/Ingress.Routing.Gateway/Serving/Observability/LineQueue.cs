namespace Ingress.Routing.Gateway.Serving.Observability;

/// <summary>Takes lines without waiting and without allocating, and writes them on a thread of its own.</summary>
/// <remarks>
/// Two buffers change places: one takes lines, while the other is written. What there is no room for, or what cannot be written, is counted as lost.
/// Thread-safe.
/// </remarks>
internal sealed class LineQueue : IDisposable
{
    // So that a thread is not woken for each request.
    private static readonly TimeSpan s_gathering = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_lastWords = TimeSpan.FromSeconds(2);

    private readonly ILineTarget _target;
    private readonly Action<Exception> _onFailure;
    private readonly object _gate = new(); // a monitor: the writing thread waits for lines
    private readonly Thread _thread;
    private byte[] _filling;
    private byte[] _writing;
    private int _filled;
    private int _lines;
    private long _lost;
    private bool _isToReopen;
    private bool _isEnding;

    /// <param name="target">Where they go. It is disposed with the queue.</param>
    /// <param name="capacity">How many bytes may be waiting.</param>
    /// <param name="onFailure">Is told why lines could not be written.</param>
    public LineQueue(ILineTarget target, int capacity, Action<Exception> onFailure)
    {
        _target = target;
        _onFailure = onFailure;
        _filling = new byte[capacity];
        _writing = new byte[capacity];
        _thread = new Thread(Run) { IsBackground = true, Name = nameof(LineQueue) };
        _thread.Start();
    }

    /// <summary>How many lines were lost.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Takes a line, its line feed included.</summary>
    public void Post(ReadOnlySpan<byte> line)
    {
        lock (_gate)
        {
            if (_isEnding || line.Length > _filling.Length - _filled)
            {
                Interlocked.Increment(ref _lost);
                return;
            }

            line.CopyTo(_filling.AsSpan(_filled));
            var before = _filled;
            _filled += line.Length;
            _lines++;
            if (before == 0 || (before < _filling.Length / 2 && _filled >= _filling.Length / 2))
            {
                Monitor.Pulse(_gate);
            }
        }
    }

    /// <summary>Lets the target be opened again before anything else is written.</summary>
    public void Reopen()
    {
        lock (_gate)
        {
            _isToReopen = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Waits until everything is written, for two seconds at most.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isEnding = true;
            Monitor.Pulse(_gate);
        }

        if (_thread.Join(s_lastWords))
        {
            _target.Dispose();
        }
    }

    private void Run()
    {
        while (Take(out var count, out var lines, out var isToReopen))
        {
            try
            {
                if (isToReopen)
                {
                    _target.Reopen();
                }

                if (count > 0)
                {
                    _target.Write(_writing.AsSpan(0, count));
                }
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException)
            {
                Interlocked.Add(ref _lost, lines);
                _onFailure(exception);
            }
        }
    }

    private bool Take(out int count, out int lines, out bool isToReopen)
    {
        lock (_gate)
        {
            while (_filled == 0 && !_isEnding && !_isToReopen)
            {
                Monitor.Wait(_gate);
            }

            if (_filled < _filling.Length / 2 && !_isEnding && !_isToReopen)
            {
                Monitor.Wait(_gate, s_gathering);
            }

            (count, lines, isToReopen) = (_filled, _lines, _isToReopen);
            (_filling, _writing) = (_writing, _filling);
            (_filled, _lines, _isToReopen) = (0, 0, false);
            return count > 0 || isToReopen || !_isEnding;
        }
    }
}

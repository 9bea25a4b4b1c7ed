using System.Text;

namespace Ingress.Routing.Gateway.Output;

/// <summary>Takes lines without waiting, and writes them on a thread of its own.</summary>
/// <remarks>
/// The reader of a pipe may stop reading for a while, or for ever: a pager, a terminal with a selection, a log collector that hangs. Nothing that
/// serves requests may wait for it. What there is no room for is dropped, counted, and told about where it is missing.
/// </remarks>
internal sealed class QueuedWriter : TextWriter
{
    private const int MostCharsAtOnce = 16 * 1024;

    private readonly TextWriter _target;
    private readonly int _capacity;
    private readonly TimeSpan _patience;
    private readonly object _gate = new(); // a monitor: its users wait for each other
    private readonly Queue<string> _lines = new();
    private readonly StringBuilder _line = new();
    private readonly Thread _thread;
    private int _queued;
    private long _missing;
    private long _dropped;
    private long _written;
    private bool _isWriting;
    private bool _isStalled;
    private bool _isEnding;

    /// <param name="target">What is written to; it may block.</param>
    /// <param name="capacity">How many characters may be waiting.</param>
    /// <param name="patience">
    /// How long a full queue is waited for as long as nothing at all is read. Zero drops at once; a reader that is slow, but reads, loses nothing
    /// otherwise.
    /// </param>
    public QueuedWriter(TextWriter target, int capacity, TimeSpan patience)
    {
        _target = target;
        _capacity = capacity;
        _patience = patience;
        NewLine = "\n";

        // Started here and not when it is needed: a process without descriptors could not start it any more.
        _thread = new Thread(WriteAll) { IsBackground = true, Name = nameof(QueuedWriter) };
        _thread.Start();
    }

    public override Encoding Encoding => _target.Encoding;

    /// <summary>Words the note about what is missing; null writes it as it is. Set before anything is written.</summary>
    public Func<string, string>? NoteFormat { get; set; }

    /// <summary>How many lines were dropped.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        lock (_gate)
        {
            while (buffer.IndexOf('\n') is >= 0 and var end)
            {
                Enqueue(_line.Append(buffer[..(end + 1)]).ToString(), _patience);
                _line.Clear();
                buffer = buffer[(end + 1)..];
            }

            _line.Append(buffer);
        }
    }

    public override void WriteLine(string? value)
    {
        lock (_gate)
        {
            Write(value.AsSpan());
            Write(NewLine.AsSpan());
        }
    }

    public override Task WriteLineAsync(string? value)
    {
        WriteLine(value);
        return Task.CompletedTask;
    }

    public override Task WriteAsync(string? value)
    {
        Write(value);
        return Task.CompletedTask;
    }

    /// <summary>Takes one line and never waits.</summary>
    public void Post(string line)
    {
        lock (_gate)
        {
            Enqueue(line + "\n", TimeSpan.Zero);
        }
    }

    /// <summary>Does nothing: what was taken is written as soon as it can be.</summary>
    public override void Flush()
    {
    }

    public override Task FlushAsync() => Task.CompletedTask;

    /// <summary>Waits until everything is written, or until nothing has been read for a second.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            lock (_gate)
            {
                if (_line.Length > 0)
                {
                    Enqueue(_line.ToString(), TimeSpan.Zero);
                    _line.Clear();
                }

                _isEnding = true;
                Monitor.PulseAll(_gate);
                while ((_lines.Count > 0 || _isWriting) && WaitForProgress(TimeSpan.FromSeconds(1)))
                {
                }
            }
        }

        base.Dispose(disposing);
    }

    private void Enqueue(string line, TimeSpan patience)
    {
        while (_queued + line.Length > _capacity && _queued > 0)
        {
            if (patience == TimeSpan.Zero || _isStalled)
            {
                Drop();
                return;
            }

            _isStalled = !WaitForProgress(patience);
        }

        _lines.Enqueue(line);
        _queued += line.Length;
        Monitor.PulseAll(_gate);
    }

    private void Drop()
    {
        _missing++;
        Interlocked.Increment(ref _dropped);
    }

    // Whether anything was written meanwhile.
    private bool WaitForProgress(TimeSpan patience)
    {
        var written = _written;
        var until = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        while (_written == written && until - Environment.TickCount64 is > 0 and var rest)
        {
            Monitor.Wait(_gate, (int)rest);
        }

        return _written != written;
    }

    private void WriteAll()
    {
        while (Take() is { } text)
        {
            try
            {
                _target.Write(text);
                _target.Flush();
            }
            catch (Exception failure) when (failure is IOException or ObjectDisposedException)
            {
                // The reader has gone. Serving goes on.
            }

            lock (_gate)
            {
                _written += text.Length;
                _isWriting = false;
                _isStalled = false;
                Monitor.PulseAll(_gate);
            }
        }
    }

    private string? Take()
    {
        lock (_gate)
        {
            while (_lines.Count == 0)
            {
                if (_isEnding)
                {
                    return null;
                }

                Monitor.Wait(_gate);
            }

            _isWriting = true;
            var text = new StringBuilder();
            while (text.Length < MostCharsAtOnce && _lines.TryDequeue(out var line))
            {
                _queued -= line.Length;
                text.Append(line);
            }

            // Behind the last line that fitted, which is where they are missing.
            if (_missing > 0 && _lines.Count == 0)
            {
                var note = $"({PrintableText.Count((int)Math.Min(_missing, int.MaxValue), "line")} missing here: this output was not read for too long.)";
                text.Append(NoteFormat?.Invoke(note) ?? note).Append('\n');
                _missing = 0;
            }

            return text.ToString();
        }
    }
}

using System.Text;
using System.Threading.Channels;

namespace Ingress.Routing.Gateway.Tests;

/// <summary>Collects what a long-running command writes, and lets a test wait for a line.</summary>
internal sealed class LineWriter : TextWriter
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly StringBuilder _all = new();
    private readonly StringBuilder _line = new();

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>Everything written so far.</summary>
    public string Text
    {
        get
        {
            lock (_all)
            {
                return _all.ToString();
            }
        }
    }

    public override void Write(char value)
    {
        lock (_all)
        {
            _all.Append(value);
            if (value != '\n')
            {
                _line.Append(value);
                return;
            }

            _lines.Writer.TryWrite(_line.ToString().TrimEnd('\r'));
            _line.Clear();
        }
    }

    /// <summary>Waits for a line that begins so.</summary>
    /// <returns>The lines since the last wait, that one included.</returns>
    public async Task<IReadOnlyList<string>> ReadToAsync(string beginning)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var lines = new List<string>();
        do
        {
            lines.Add(await _lines.Reader.ReadAsync(deadline.Token));
        }
        while (!lines[^1].StartsWith(beginning, StringComparison.Ordinal));
        return lines;
    }
}

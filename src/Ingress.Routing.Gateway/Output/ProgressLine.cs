using System.Globalization;

namespace Ingress.Routing.Gateway.Output;

/// <summary>Tells the reader of a terminal that long work goes on; says nothing about short work, and nothing to a file.</summary>
internal sealed class ProgressLine : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private readonly Lock _writing = new();
    private readonly TextWriter _error;
    private readonly string _work;
    private readonly long _started = TimeProvider.System.GetTimestamp();
    private readonly Timer? _timer;
    private int _width;
    private bool _isOver;

    private ProgressLine(string work, TextWriter error, bool isTerminal)
    {
        _work = work;
        _error = error;
        _timer = isTerminal ? new Timer(static state => ((ProgressLine)state!).Write(), this, s_patience, s_patience) : null;
    }

    /// <param name="work">What goes on.</param>
    /// <param name="error">Standard error; results go elsewhere.</param>
    public static ProgressLine Start(string work, TextWriter error)
        => new(work, error, ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected);

    /// <summary>Clears the line. May be called twice.</summary>
    public void Dispose()
    {
        _timer?.Dispose();
        lock (_writing)
        {
            _isOver = true;
            if (_width > 0)
            {
                _error.Write($"\r{new string(' ', _width)}\r");
                _width = 0;
            }
        }
    }

    private void Write()
    {
        lock (_writing)
        {
            if (!_isOver)
            {
                var seconds = (int)TimeProvider.System.GetElapsedTime(_started).TotalSeconds;
                var text = string.Create(CultureInfo.InvariantCulture, $"{_work}, {seconds} s");
                _error.Write($"\r{text}");
                _width = text.Length;
            }
        }
    }
}

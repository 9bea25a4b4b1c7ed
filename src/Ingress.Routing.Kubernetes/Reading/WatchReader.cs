using System.Buffers;
using System.Text.Json;
using Ingress.Routing.Kubernetes.Client;

namespace Ingress.Routing.Kubernetes.Reading;

/// <summary>Reads the events of a watch: one object of JSON a line. A line counts when it is complete (K4).</summary>
internal sealed class WatchReader(ResponseBody body) : IDisposable
{
    private const int FirstSize = 16 * 1024;
    private const int LongestLine = 16 * 1024 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstSize);
    private int _start;
    private int _end;
    private int _searched;

    /// <summary>Whether the body ended in the middle of a line.</summary>
    public bool HasHalfALine => _end > _start;

    /// <summary>The line that was read last; gone with the next one.</summary>
    public ReadOnlySpan<byte> Line => _buffer.AsSpan(LineStart, LineLength);

    private int LineStart { get; set; }

    private int LineLength { get; set; }

    /// <summary>Reads the next line that is not empty.</summary>
    /// <param name="silence">How long to wait for a byte.</param>
    /// <returns>False at the end.</returns>
    /// <exception cref="JsonException">A line has no end.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    /// <exception cref="TimeoutException">Nothing came for so long.</exception>
    public async ValueTask<bool> ReadLineAsync(TimeSpan silence)
    {
        while (true)
        {
            if (TryTakeLine())
            {
                if (!Line.Trim(" \t\r"u8).IsEmpty)
                {
                    return true;
                }

                continue;
            }

            MakeRoom();
            var read = await body.ReadAsync(_buffer.AsMemory(_end), silence).ConfigureAwait(false);
            if (read == 0)
            {
                return false;
            }

            _end += read;
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);

    private bool TryTakeLine()
    {
        var length = _buffer.AsSpan(_searched, _end - _searched).IndexOf((byte)'\n');
        if (length < 0)
        {
            _searched = _end;
            return false;
        }

        LineStart = _start;
        LineLength = _searched + length - _start;
        _start = _searched + length + 1;
        _searched = _start;
        return true;
    }

    private void MakeRoom()
    {
        if (_start == _end)
        {
            _start = _end = _searched = 0;
        }

        if (_end < _buffer.Length)
        {
            return;
        }

        if (_start == 0 && _buffer.Length >= LongestLine)
        {
            throw new JsonException("A line of the watch is too long.");
        }

        var target = _start > 0 ? _buffer : ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(_start, _end - _start).CopyTo(target);
        if (target != _buffer)
        {
            ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
            _buffer = target;
        }

        _end -= _start;
        _start = 0;
        _searched = _end;
    }
}

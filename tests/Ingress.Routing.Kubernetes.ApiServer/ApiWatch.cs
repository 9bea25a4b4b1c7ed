using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace Ingress.Routing.Kubernetes.ApiServer;

/// <summary>One open watch, which tests can disturb. Thread-safe.</summary>
public sealed class ApiWatch
{
    private readonly Channel<ReadOnlyMemory<byte>> _lines = Channel.CreateUnbounded<ReadOnlyMemory<byte>>();
    private readonly HttpContext _context;
    private volatile bool _isMuted;
    private readonly Lock _ending = new();
    private volatile bool _repeats;
    private bool _hasEnded;

    internal ApiWatch(HttpContext context, ApiRequest request, long version)
    {
        _context = context;
        Request = request;
        Version = version;
    }

    public ApiRequest Request { get; }

    /// <summary>The version that it was opened with; 0 for none.</summary>
    public long Version { get; }

    /// <summary>Sends bytes as they are: half a line, garbage.</summary>
    public void SendRaw(string text) => _lines.Writer.TryWrite(Encoding.UTF8.GetBytes(text));

    /// <summary>Sends an event.</summary>
    public void Send(string type, JsonObject json) => Send(type, JsonText.Of(json));

    /// <summary>Ends it as the server does at its time-out.</summary>
    public void End() => _lines.Writer.TryComplete();

    /// <summary>Resets the connection.</summary>
    public void Abort()
    {
        lock (_ending)
        {
            // The context of one that has ended belongs to another request by now.
            if (!_hasEnded)
            {
                _context.Abort();
            }
        }
    }

    /// <summary>Sends nothing from now on, and leaves the connection open: a NAT entry that is gone.</summary>
    public void Mute() => _isMuted = true;

    /// <summary>Sends each event twice from now on.</summary>
    public void Repeat() => _repeats = true;

    internal void Send(string type, byte[] json)
    {
        if (_isMuted)
        {
            return;
        }

        var line = new byte[json.Length + type.Length + 24];
        var length = Encoding.UTF8.GetBytes($"{{\"type\":\"{type}\",\"object\":", line);
        json.CopyTo(line.AsSpan(length));
        line[length + json.Length] = (byte)'}';
        line[length + json.Length + 1] = (byte)'\n';
        var whole = line.AsMemory(0, length + json.Length + 2);
        _lines.Writer.TryWrite(whole);
        if (_repeats)
        {
            _lines.Writer.TryWrite(whole);
        }
    }

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SendLinesAsync(cancellationToken);
        }
        finally
        {
            lock (_ending)
            {
                _hasEnded = true;
            }
        }
    }

    private async Task SendLinesAsync(CancellationToken cancellationToken)
    {
        var body = _context.Response.BodyWriter;
        await _context.Response.StartAsync(cancellationToken);
        await body.FlushAsync(cancellationToken);
        while (await _lines.Reader.WaitToReadAsync(cancellationToken))
        {
            while (_lines.Reader.TryRead(out var line))
            {
                await body.WriteAsync(line, cancellationToken);
            }
        }
    }
}

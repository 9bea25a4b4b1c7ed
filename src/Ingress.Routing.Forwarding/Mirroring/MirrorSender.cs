using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Forwarding.Mirroring;

/// <summary>Sends copies of requests, so many at a time, and throws the answers away. Thread-safe.</summary>
/// <remarks>Nothing waits for a copy. Where there are too many, requests are not copied: they must not pay for it.</remarks>
internal sealed class MirrorSender : IDisposable
{
    /// <summary>How many copies there are at a time, those included whose request is still being read.</summary>
    public const int MaxCopies = 64;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly HttpMessageInvoker _client;
    private readonly ILogger _logger;
    private int _copies;

    public MirrorSender(ILogger<MirrorSender> logger)
    {
        _logger = logger;
        _client = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            ConnectTimeout = s_patience,
            MaxConnectionsPerServer = MaxCopies,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5), // names may come to mean other addresses
            RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
        });
    }

    /// <summary>How many copies there are.</summary>
    public int Copies => Volatile.Read(ref _copies);

    /// <summary>Makes room for a copy.</summary>
    /// <param name="slot">The room; it is given back by disposing it, once or more often.</param>
    public bool TryBegin([NotNullWhen(true)] out IDisposable? slot)
    {
        slot = null;
        if (Interlocked.Increment(ref _copies) > MaxCopies)
        {
            Interlocked.Decrement(ref _copies);
            Log.TooManyCopies(_logger, MaxCopies);
            return false;
        }

        slot = new Slot(this);
        return true;
    }

    /// <summary>Sends a copy.</summary>
    /// <param name="copy">The copy; it is disposed.</param>
    /// <param name="slot">Its room, which is given back.</param>
    /// <param name="body">Its body; empty when it has none.</param>
    public void Send(HttpRequestMessage copy, IDisposable slot, ReadOnlyMemory<byte> body = default)
    {
        copy.Content = WithHeadersOf(copy.Content!, body, copy.Method);
        using (ExecutionContext.SuppressFlow()) // it has nothing to do with the request any more
        {
            _ = Task.Run(() => SendAsync(copy, slot));
        }
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Gives up a copy.</summary>
    public static void Drop(HttpRequestMessage copy, IDisposable slot)
    {
        copy.Dispose();
        slot.Dispose();
    }

    private static ReadOnlyMemoryContent? WithHeadersOf(HttpContent headers, ReadOnlyMemory<byte> body, HttpMethod method)
    {
        if (body.IsEmpty && method != HttpMethod.Post && method != HttpMethod.Put && method != HttpMethod.Patch)
        {
            return null;
        }

        var content = new ReadOnlyMemoryContent(body);
        foreach (var (name, values) in headers.Headers.NonValidated)
        {
            content.Headers.TryAddWithoutValidation(name, values);
        }

        return content;
    }

    private async Task SendAsync(HttpRequestMessage copy, IDisposable slot)
    {
        try
        {
            using var patience = new CancellationTokenSource(s_patience);
            using var answer = await _client.SendAsync(copy, patience.Token);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            Log.CopyFailed(_logger, failure.Message, copy.RequestUri!.Authority);
        }
        finally
        {
            Drop(copy, slot);
        }
    }

    private sealed class Slot(MirrorSender sender) : IDisposable
    {
        private int _isGivenBack;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isGivenBack, 1) == 0)
            {
                Interlocked.Decrement(ref sender._copies);
            }
        }
    }
}

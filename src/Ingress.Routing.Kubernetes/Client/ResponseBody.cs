using System.IO.Compression;

namespace Ingress.Routing.Kubernetes.Client;

/// <summary>The body of an answer that is read as it comes. Not thread-safe.</summary>
internal sealed class ResponseBody : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly Stream _stream;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenSource _limit;

    private ResponseBody(HttpResponseMessage response, Stream stream, CancellationToken cancellationToken)
    {
        _response = response;
        _stream = stream;
        _cancellationToken = cancellationToken;
        _limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    /// <summary>The bytes read so far, decompressed.</summary>
    public long BytesRead { get; private set; }

    public static async Task<ResponseBody> OpenAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            return new(response, response.Content.Headers.ContentEncoding.Contains("gzip") ? new GZipStream(stream, CompressionMode.Decompress) : stream, cancellationToken);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    /// <summary>Reads what has come.</summary>
    /// <param name="buffer">Where to put it.</param>
    /// <param name="silence">How long to wait for a byte.</param>
    /// <returns>How many bytes; 0 at the end.</returns>
    /// <exception cref="TimeoutException">There was none for so long.</exception>
    /// <exception cref="IOException">The connection broke, or what came is not what was announced.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, TimeSpan silence)
    {
        _limit.CancelAfter(silence);
        try
        {
            var read = await _stream.ReadAsync(buffer, _limit.Token).ConfigureAwait(false);
            BytesRead += read;
            return read;
        }
        catch (OperationCanceledException)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException($"Not one byte has come for {silence.TotalSeconds} seconds.");
        }
        catch (Exception exception) when (exception is HttpRequestException or InvalidDataException)
        {
            throw new IOException(exception.Message, exception);
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        _response.Dispose();
        _limit.Dispose();
    }
}

using System.Buffers;
using System.Text.Json.Nodes;
using Ingress.Routing.Kubernetes.Client;
using Ingress.Routing.Kubernetes.Requests;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Kubernetes.Status;

/// <summary>Follows the addresses of the Service of <c>--publish-service</c>.</summary>
/// <remarks>
/// One small object, so the account of it is kept by reading it anew whenever its watch ends, for whatever reason: nothing is missed that way.
/// </remarks>
internal sealed partial class ServiceAddressWatch(
    KubernetesClient client, IApiRequests api, NamespacedName service, PublishedAddresses addresses, TimeProvider time, ILogger logger)
{
    private const int LargestEvent = 1024 * 1024;

    // Two bookmarks and a half (K7).
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(150);

    private readonly BackOff _backOff = new(time);
    private string? _problem;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await _backOff.WaitAsync(cancellationToken).ConfigureAwait(false);
                if (await ReadAsync(cancellationToken).ConfigureAwait(false) is { } version)
                {
                    await WatchAsync(version, cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    _backOff.Fail(null);
                }
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                Report(failure.Message);
                _backOff.Fail((failure as KubernetesApiException)?.RetryAfter);
            }
        }
    }

    private async Task<string?> ReadAsync(CancellationToken cancellationToken)
    {
        var answer = await api.SendAsync(
            HttpMethod.Get, $"api/v1/namespaces/{service.Namespace}/services/{service.Name}", null, cancellationToken).ConfigureAwait(false);
        if (answer is not { IsSuccess: true, Body: { } body })
        {
            Report(answer.IsMissing ? "there is no such Service" : answer.Describe());
            return null;
        }

        Take(body);
        return answer.Version;
    }

    private async Task WatchAsync(string version, CancellationToken cancellationToken)
    {
        var seconds = Random.Shared.Next(290, 591);
        var started = time.GetTimestamp();
        using var body = await client.OpenAsync(
            $"api/v1/namespaces/{service.Namespace}/services?watch=1&allowWatchBookmarks=true&timeoutSeconds={seconds}&resourceVersion={version}"
                + $"&fieldSelector=metadata.name%3D{service.Name}",
            mayCompress: false,
            cancellationToken).ConfigureAwait(false);
        var line = new ArrayBufferWriter<byte>();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await body.ReadAsync(buffer, s_silence).ConfigureAwait(false)) > 0)
        {
            var rest = buffer.AsMemory(0, read);
            for (int end; (end = rest.Span.IndexOf((byte)'\n')) >= 0; rest = rest[(end + 1)..])
            {
                line.Write(rest.Span[..end]);
                if (!TakeEvent(line.WrittenSpan))
                {
                    _backOff.Fail(null);
                    return;
                }

                line.ResetWrittenCount();
            }

            line.Write(rest.Span);
            if (line.WrittenCount > LargestEvent)
            {
                throw new IOException("An event is too large.");
            }
        }

        // A server or a proxy that ends each watch at once must not be asked in a loop.
        if (time.GetElapsedTime(started) < TimeSpan.FromSeconds(5))
        {
            _backOff.Fail(null);
        }
        else
        {
            _backOff.Reset();
        }
    }

    // False for what ends a watch.
    private bool TakeEvent(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty || JsonNode.Parse(line) is not JsonObject found)
        {
            return true;
        }

        switch (ApiAnswer.Text(found, "type"))
        {
            case "ADDED" or "MODIFIED" when found["object"] is JsonObject value:
                Take(value);
                return true;
            case "ERROR":
                return false;
            default:
                return true; // a deletion too: what was published stays (K34)
        }
    }

    private void Take(JsonObject value)
    {
        var found = PublishedService.AddressesOf(value);
        if (found.IsEmpty)
        {
            Report("it has no address yet");
        }
        else
        {
            _problem = null;
            if (!found.Equals(addresses.Current))
            {
                Log.Found(logger, service, found);
            }

            addresses.Set(found);
        }
    }

    private void Report(string problem)
    {
        if (problem != _problem)
        {
            Log.Problem(logger, service, problem);
        }

        _problem = problem;
    }

    private static partial class Log
    {
        [LoggerMessage(75, LogLevel.Information, "The Service {Service} is reached at {Addresses}: this is what statuses of Ingresses say.", EventName = "AddressesFound")]
        public static partial void Found(ILogger logger, NamespacedName service, AddressSet addresses);

        [LoggerMessage(76, LogLevel.Warning, "The addresses of the Service {Service} are not known: {Problem}. Statuses of Ingresses stay as they are.", EventName = "NoAddresses")]
        public static partial void Problem(ILogger logger, NamespacedName service, string problem);
    }
}

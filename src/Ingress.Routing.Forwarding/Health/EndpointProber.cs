using System.Globalization;
using System.Net;
using Ingress.Routing.Forwarding.Backends;
using Ingress.Routing.Policies;
using Yarp.ReverseProxy.Model;

namespace Ingress.Routing.Forwarding.Health;

/// <summary>Asks the endpoints of one cluster how they are, each at its own time.</summary>
/// <remarks>Each probe gets a connection of its own, so that it tells whether the endpoint takes one.</remarks>
internal sealed class EndpointProber(HealthProbe probe, bool isHttp2, NetworkClient client, TimeProvider time) : IDisposable
{
    private static readonly UriCreationOptions s_asIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly Dictionary<DestinationState, CancellationTokenSource> _watched = [];

    /// <summary>Asks these endpoints from now on, and no others. Called by one thread at a time.</summary>
    public void Watch(ClusterHealth health, IReadOnlyCollection<DestinationState> destinations)
    {
        foreach (var (gone, source) in _watched.Where(pair => !destinations.Contains(pair.Key)).ToList())
        {
            _ = source.CancelAsync(); // what it ends must not run under the lock of the caller
            _watched.Remove(gone);
        }

        foreach (var destination in destinations.Where(destination => !_watched.ContainsKey(destination)))
        {
            var source = new CancellationTokenSource();
            _watched.Add(destination, source);
            _ = Task.Run(() => WatchAsync(health, destination, source.Token), CancellationToken.None);
        }
    }

    public void Dispose()
    {
        foreach (var source in _watched.Values)
        {
            _ = source.CancelAsync();
        }

        _watched.Clear();
    }

    private async Task WatchAsync(ClusterHealth health, DestinationState destination, CancellationToken end)
    {
        try
        {
            // Gateways that start together do not ask together.
            var wait = probe.Interval * Random.Shared.NextDouble();
            while (true)
            {
                await Task.Delay(wait, time, end);
                var failure = await AskAsync(destination, end);
                end.ThrowIfCancellationRequested();
                health.Probed(destination, probe, failure);
                wait = probe.Interval * (0.9 + (0.2 * Random.Shared.NextDouble()));
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>What is wrong with an endpoint; null when it is well.</summary>
    private async Task<string?> AskAsync(DestinationState destination, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(probe.Timeout);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, TargetAt(destination.Model.Config.Address))
            {
                Version = isHttp2 ? HttpVersion.Version20 : HttpVersion.Version11,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            };
            request.Headers.Host = probe.Host;
            request.Headers.TryAddWithoutValidation("User-Agent", "ingress-routing-probe");
            using var response = await client.SendAsync(request, patience.Token);
            return probe.Statuses.Contains((int)response.StatusCode)
                ? null
                : string.Create(CultureInfo.InvariantCulture, $"status {(int)response.StatusCode}, where {probe.Statuses} is expected");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return string.Create(CultureInfo.InvariantCulture, $"no answer within {probe.Timeout.TotalSeconds:0.###} s");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return FailureCause.Of(exception);
        }
    }

    private Uri TargetAt(string address)
    {
        if (probe.Port is { } port)
        {
            var uri = new Uri(address);
            address = string.Create(CultureInfo.InvariantCulture, $"{uri.Scheme}://{uri.Host}:{port}");
        }

        return new Uri(address + probe.Path, s_asIs);
    }
}

using Ingress.Routing.Hosting;
using Ingress.Routing.Kubernetes.Client;
using Ingress.Routing.Kubernetes.Events;
using Ingress.Routing.Kubernetes.Leases;
using Ingress.Routing.Kubernetes.Permissions;
using Ingress.Routing.Kubernetes.Requests;
using Ingress.Routing.Kubernetes.Status;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ingress.Routing.Kubernetes.Writing;

/// <summary>Writes into the cluster what users and other programs read there: the status of Ingresses, and events (K29 to K41).</summary>
/// <remarks>
/// The core writes no status (D22); this is the host that does. It takes part in the election once a table is in force: a replica that cannot
/// read the cluster has nothing to write. The host stops services in reverse order, so the Lease is given up when requests are finished (K44).
/// </remarks>
internal sealed partial class ClusterWriter(
    IngressRouter router,
    KubernetesClient client,
    IOptions<KubernetesOptions> options,
    IOptions<IngressRoutingOptions> routing,
    WriteMetrics metrics,
    TimeProvider time,
    ILoggerFactory loggers) : IHostedService, IDisposable
{
    private static readonly TimeSpan s_release = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stopping = new();
    private readonly ILogger _logger = loggers.CreateLogger<ClusterWriter>();
    private LeaderElection? _election;
    private Task _running = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var settings = WriterSettings.From(options.Value, routing.Value.ControllerName, client.Namespace, Environment.GetEnvironmentVariable);
        var api = new ClientRequests(client);
        List<Task> running = [Task.Run(() => ReviewAsync(api, settings, _stopping.Token), CancellationToken.None)];
        if (settings.Writes)
        {
            running.Add(Task.Run(() => WriteAsync(api, settings, _stopping.Token), CancellationToken.None));
        }

        _running = Task.WhenAll(running);
        return Task.CompletedTask;
    }

    /// <summary>Stops writing, and gives the Lease up. Takes two seconds at most, whatever is left of the time of the host.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        using var limit = new CancellationTokenSource(s_release, time);
        try
        {
            await _running.WaitAsync(limit.Token).ConfigureAwait(false);
            if (_election is { } election)
            {
                await election.ReleaseAsync(limit.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            Log.NotReleased(_logger);
        }
    }

    public void Dispose() => _stopping.Dispose();

    private async Task WriteAsync(ClientRequests api, WriterSettings settings, CancellationToken stopping)
    {
        if (!await HasTableAsync(stopping).ConfigureAwait(false))
        {
            return;
        }

        var identity = ElectionName.NewIdentity(settings.PodName);
        var election = new LeaderElection(
            new ApiLeaseStore(api, settings.Namespace, settings.ElectionId), identity, time, loggers.CreateLogger<LeaderElection>());
        metrics.ObserveLeader(() => election.IsLeader);
        _election = election;
        var addresses = new PublishedAddresses(settings.Addresses);
        var events = new EventPublisher(router, api, settings.Controller, identity, metrics, time, loggers.CreateLogger<EventPublisher>());
        List<Task> running =
        [
            election.RunAsync(
                term => Task.WhenAll(
                    settings.WritesStatus
                        ? new StatusPublisher(router, api, addresses, term, metrics, time, loggers.CreateLogger<StatusPublisher>()).RunAsync()
                        : Task.CompletedTask,
                    events.RunAsync(term)),
                stopping),
        ];
        if (settings.Service is { } service)
        {
            running.Add(new ServiceAddressWatch(client, api, service, addresses, time, loggers.CreateLogger<ServiceAddressWatch>()).RunAsync(stopping));
        }

        await Task.WhenAll(running).ConfigureAwait(false);
    }

    private async Task<bool> HasTableAsync(CancellationToken stopping)
    {
        var published = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = router.OnPublished(_ => published.TrySetResult());
        await published.Task.WaitAsync(stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !stopping.IsCancellationRequested;
    }

    // Says at the start what would show bit by bit. Nothing waits for it (K43).
    private async Task ReviewAsync(ClientRequests api, WriterSettings settings, CancellationToken stopping)
    {
        try
        {
            var report = await new PermissionReview(api).AskAsync(settings.Permissions, settings.WatchNamespaces, settings.Namespace, settings.ElectionId, stopping)
                .ConfigureAwait(false);
            foreach (var missing in report.Missing)
            {
                Log.Missing(_logger, missing);
            }

            if (report.Missing.Count > 0)
            {
                Log.Rules(_logger, string.Join(" | ", report.Rules()));
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        catch (Exception failure)
        {
            Log.ReviewFailed(_logger, failure.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(66, LogLevel.Warning, "The Lease could not be given up in time. Another replica takes over when it has run out, after 15 seconds.", EventName = "LeaseNotReleased")]
        public static partial void NotReleased(ILogger logger);

        [LoggerMessage(67, LogLevel.Warning, "A permission is missing: this account {Missing}.", EventName = "PermissionMissing")]
        public static partial void Missing(ILogger logger, MissingPermission missing);

        [LoggerMessage(68, LogLevel.Warning, "To be added: {Rules}", EventName = "RulesMissing")]
        public static partial void Rules(ILogger logger, string rules);

        [LoggerMessage(69, LogLevel.Debug, "Which permissions there are could not be found out: {Problem}.", EventName = "ReviewFailed")]
        public static partial void ReviewFailed(ILogger logger, string problem);
    }
}

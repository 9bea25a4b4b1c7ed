using Ingress.Routing.Kubernetes.Leases;
using Ingress.Routing.Kubernetes.Requests;
using Ingress.Routing.Model;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Kubernetes.Events;

/// <summary>Tells users in events of their Ingresses what is not in force (K41). Works while this replica leads.</summary>
internal sealed partial class EventPublisher(
    IngressRouter router, IApiRequests api, string controller, string instance, WriteMetrics metrics, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan s_betweenEvents = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_afterFailure = TimeSpan.FromSeconds(30);

    /// <summary>Works until the term ends.</summary>
    public async Task RunAsync(Leadership term)
    {
        using var changes = new ChangedIngresses(router);
        var ledger = new EventLedger();
        var pacer = new Pacer(time, s_betweenEvents);
        string? problem = null;
        while (term.IsHeld)
        {
            var (table, changed, _) = changes.Take();
            if (table is not null)
            {
                Note(ledger, table, changed);
            }

            if (table is null || ledger.NextDue(time.GetUtcNow()) is not { } due)
            {
                ledger.Clean(time.GetUtcNow());
                await changes.WaitAsync(UntilNext(ledger), time, term.Ended).ConfigureAwait(false);
                continue;
            }

            await pacer.WaitAsync(term.Ended).ConfigureAwait(false);
            var answer = await TellAsync(ledger, table, due.Cause, due.Told, term.Ended).ConfigureAwait(false);
            metrics.EventWritten(due.Cause.Reason.ToString(), answer);
            var found = answer.IsSuccess || answer.IsConflict || answer.IsMissing ? null : answer.Describe();
            if (found is not null && found != problem)
            {
                Log.Failed(logger, found);
            }

            problem = found;
        }
    }

    private async Task<ApiAnswer> TellAsync(EventLedger ledger, IngressRouteTable table, EventCause cause, int told, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var path = EventBody.CollectionOf(cause);
        ApiAnswer answer;
        if (told == 0)
        {
            var version = table.FindIngress(cause.Ingress)?.Metadata.ResourceVersion;
            answer = await api.SendAsync(
                HttpMethod.Post, $"{path}?fieldManager=ingress-gateway", EventBody.First(cause, version, controller, instance, now), cancellationToken).ConfigureAwait(false);
        }
        else
        {
            answer = await api.SendAsync(
                HttpMethod.Patch,
                $"{path}/{EventBody.NameOf(cause)}?fieldManager=ingress-gateway",
                EventBody.Again(told + 1, now),
                cancellationToken).ConfigureAwait(false);
        }

        switch (answer)
        {
            case { IsSuccess: true } or { IsConflict: true }: // the leader before has told it already
                ledger.Told(cause, now);
                break;
            case { IsMissing: true } when told > 0:
                ledger.Forgotten(cause); // events live for an hour
                ledger.PutOff(cause, now);
                break;
            case { IsMissing: true } or { IsInvalid: true }: // the namespace is gone; or nothing that trying again could mend
                ledger.PutOff(cause, now + EventLedger.RepeatInterval);
                break;
            default:
                ledger.PutOff(cause, now + (answer.RetryAfter > s_afterFailure ? answer.RetryAfter.Value : s_afterFailure));
                break;
        }

        return answer;
    }

    private void Note(EventLedger ledger, IngressRouteTable table, IReadOnlyCollection<ResourceReference>? changed)
    {
        if (changed?.Count == 0)
        {
            return;
        }

        var now = time.GetUtcNow();
        var diagnostics = (changed is null ? table.Diagnostics : table.DiagnosticsOf(changed))
            .Where(static diagnostic => diagnostic.Resource is { Kind: "Ingress" })
            .ToLookup(static diagnostic => new NamespacedName(diagnostic.Resource!.Value.Namespace, diagnostic.Resource.Value.Name));
        var names = changed is null
            ? ledger.Ingresses.Union(diagnostics.Select(static group => group.Key))
            : changed.Select(static resource => new NamespacedName(resource.Namespace, resource.Name));
        foreach (var name in names)
        {
            var ingress = table.FindIngress(name);
            ledger.Note(name, ingress?.Metadata.Uid, ingress is not null && EventReasons.IsOurs(diagnostics[name], table.Options) ? diagnostics[name] : [], now);
        }
    }

    private TimeSpan UntilNext(EventLedger ledger)
    {
        if (ledger.NextDueAt() is not { } due)
        {
            return Timeout.InfiniteTimeSpan;
        }

        var rest = due - time.GetUtcNow();
        return rest > TimeSpan.FromMilliseconds(1) ? rest : TimeSpan.FromMilliseconds(1);
    }

    private static partial class Log
    {
        [LoggerMessage(81, LogLevel.Warning, "An event could not be written: {Problem}. It is tried again.", EventName = "EventNotWritten")]
        public static partial void Failed(ILogger logger, string problem);
    }
}

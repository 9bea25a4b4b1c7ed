using System.Diagnostics.Metrics;
using Ingress.Routing.Hosting;

namespace Ingress.Routing.Forwarding.Backends;

/// <summary>Counts what goes wrong at backends. There is one series for each Service port and cause, and none by endpoint.</summary>
internal sealed class BackendMetrics
{
    private readonly Counter<long> _retries;
    private readonly Counter<long> _refusedRetries;

    public BackendMetrics(IMeterFactory meterFactory)
    {
        var meter = meterFactory.Create(IngressRoutingTelemetry.MeterName);
        _retries = meter.CreateCounter<long>(
            "ingress_routing.backend.retries", "{attempt}", "Attempts that failed and were followed by another one, by Service port and cause.");
        _refusedRetries = meter.CreateCounter<long>(
            "ingress_routing.backend.retries_refused", "{request}", "Requests that were not sent once more because too many of their Service port had been.");
    }

    /// <summary>An attempt is followed by another one.</summary>
    public void Retried(string service, AttemptOutcome outcome)
        => _retries.Add(1, new KeyValuePair<string, object?>("service", service), new("cause", CauseOf(outcome)));

    /// <summary>There is no other attempt, because there were too many.</summary>
    public void RetryRefused(string service) => _refusedRetries.Add(1, new KeyValuePair<string, object?>("service", service));

    private static string CauseOf(AttemptOutcome outcome) => outcome switch
    {
        { Response: not null } => "status",
        { IsStale: true } => "kept_connection",
        { Failure: Policies.RetryConditions.Timeout } => "timeout",
        { WasSent: false } => "connect",
        { Failure: Policies.RetryConditions.InvalidResponse } => "invalid_response",
        _ => "connection",
    };
}

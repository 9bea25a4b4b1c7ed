using System.Diagnostics;

namespace Ingress.Routing.Forwarding;

/// <summary>Leaves the trace headers of a request alone as long as nothing listens to traces.</summary>
/// <remarks>
/// The server makes an activity for its log alone. To hand that one on would give the request a parent that no trace shows, mark it as not
/// sampled, and rewrite the baggage.
/// </remarks>
internal sealed class UntracedPropagator(DistributedContextPropagator inner) : DistributedContextPropagator
{
    public override IReadOnlyCollection<string> Fields => inner.Fields;

    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter)
    {
        if (IsTraced(activity))
        {
            inner.Inject(activity, carrier, setter);
        }
    }

    public override void ExtractTraceIdAndState(
        object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState)
        => inner.ExtractTraceIdAndState(carrier, getter, out traceId, out traceState);

    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter)
        => inner.ExtractBaggage(carrier, getter);

    // That of the client has no listener of its own where only the server's is traced.
    private static bool IsTraced(Activity? activity)
    {
        for (; activity is not null; activity = activity.Parent)
        {
            if (activity.Source.HasListeners())
            {
                return true;
            }
        }

        return false;
    }
}

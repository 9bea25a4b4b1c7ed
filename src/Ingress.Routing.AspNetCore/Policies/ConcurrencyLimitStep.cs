using System.Threading.RateLimiting;
using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.AspNetCore;

/// <summary>Answers requests for which there is no room.</summary>
internal sealed class ConcurrencyLimitStep : PolicyStep<ConcurrencyLimit>
{
    private readonly LimiterStore<ConcurrencyLimit, ConcurrencyLimiter> _limiters =
        new(
            static limit => new(new() { PermitLimit = limit.Requests, QueueLimit = 0 }),
            static _ => true); // what it counts are requests, and they keep it alive

    protected override RequestDelegate Build(ConcurrencyLimit policy, IngressEndpointContext endpoint, RequestDelegate rest)
    {
        var limiter = _limiters.Get(endpoint.Route.Source.Name, policy);
        return async context =>
        {
            using var lease = limiter.AttemptAcquire();
            if (lease.IsAcquired)
            {
                await rest(context);
                return;
            }

            context.Response.Headers.RetryAfter = "1";
            await PlainTextResponse.LimitedAsync(context, policy.Status);
        };
    }
}

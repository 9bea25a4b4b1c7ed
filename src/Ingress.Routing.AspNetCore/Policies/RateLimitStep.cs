using System.Globalization;
using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.AspNetCore;

/// <summary>Answers requests that come too early.</summary>
internal sealed class RateLimitStep(TimeProvider time) : PolicyStep<RateLimit>
{
    private readonly LimiterStore<RateLimit, TokenBuckets> _limiters = new(limit => new(limit, time), static buckets => buckets.IsIdle);

    protected override RequestDelegate Build(RateLimit policy, IngressEndpointContext endpoint, RequestDelegate rest)
    {
        var buckets = _limiters.Get(endpoint.Route.Source.Name, policy);
        return context =>
        {
            var request = HeaderEditing.RequestOf(context);
            return policy.IsExempt(request.ClientAddress) || buckets.TryTake(ClientKey.Of(request, policy.Key), out var wait)
                ? rest(context)
                : RefuseAsync(context, policy, wait);
        };
    }

    private static Task RefuseAsync(HttpContext context, RateLimit policy, TimeSpan wait)
    {
        context.Response.Headers.RetryAfter = ((long)Math.Ceiling(Math.Max(wait.TotalSeconds, 1))).ToString(CultureInfo.InvariantCulture);
        return PlainTextResponse.LimitedAsync(context, policy.Status);
    }
}

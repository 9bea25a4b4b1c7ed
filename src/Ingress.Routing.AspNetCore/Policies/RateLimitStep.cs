using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.AspNetCore;

/// <summary>Answers requests that come too early.</summary>
internal sealed class RateLimitStep : PolicyStep<RateLimit>
{
    // One token at a time where that is not too often, so that a limit of 600 a minute does not let through 600 at once each minute.
    private static readonly TimeSpan s_shortestPeriod = TimeSpan.FromMilliseconds(100);

    private readonly LimiterStore<RateLimit, PartitionedRateLimiter<HttpContext>> _limiters = new(Create);

    protected override RequestDelegate Build(RateLimit policy, IngressEndpointContext endpoint, RequestDelegate rest)
    {
        var limiter = _limiters.Get(endpoint.Route.Source, policy);
        return context =>
        {
            if (policy.IsExempt(HeaderEditing.RequestOf(context).ClientAddress))
            {
                return rest(context);
            }

            using var lease = limiter.AttemptAcquire(context);
            return lease.IsAcquired ? rest(context) : RefuseAsync(context, policy, lease);
        };
    }

    private static Task RefuseAsync(HttpContext context, RateLimit policy, RateLimitLease lease)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) ? retryAfter : policy.Period / policy.Requests;
        context.Response.Headers.RetryAfter = ((long)Math.Ceiling(Math.Max(wait.TotalSeconds, 1))).ToString(CultureInfo.InvariantCulture);
        return PlainTextResponse.LimitedAsync(context, policy.Status);
    }

    private static PartitionedRateLimiter<HttpContext> Create(RateLimit policy) => PartitionedRateLimiter.Create<HttpContext, string>(
        context => RateLimitPartition.GetTokenBucketLimiter(KeyOf(context, policy.Key), _ => OptionsOf(policy)));

    private static TokenBucketRateLimiterOptions OptionsOf(RateLimit policy)
    {
        var perToken = policy.Period / policy.Requests;
        var tokens = (int)Math.Max(1, Math.Ceiling(s_shortestPeriod / perToken));
        return new()
        {
            TokenLimit = Math.Max(policy.Burst, tokens),
            TokensPerPeriod = tokens,
            ReplenishmentPeriod = perToken * tokens,
            QueueLimit = 0,
            AutoReplenishment = true,
        };
    }

    private static string KeyOf(HttpContext context, RateLimitKey key)
    {
        if (key.IsShared)
        {
            return "";
        }

        var request = HeaderEditing.RequestOf(context);
        return key.HeaderName is { } name ? request.Header(name) ?? "" : NetworkOf(request.ClientAddress);
    }

    // One client has all addresses of an IPv6 network of 64 bits.
    private static string NetworkOf(IPAddress? address)
    {
        if (address is not { AddressFamily: AddressFamily.InterNetworkV6 })
        {
            return address?.ToString() ?? "";
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes).ToString();
    }
}

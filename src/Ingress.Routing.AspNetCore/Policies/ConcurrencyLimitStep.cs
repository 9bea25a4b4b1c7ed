using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.AspNetCore;

/// <summary>Answers requests for which there is no room.</summary>
internal sealed class ConcurrencyLimitStep : PolicyStep<ConcurrencyLimit>
{
    private readonly LimiterStore<ConcurrencyLimit, RequestCounts> _limiters =
        new(static limit => new(limit.Requests), static _ => true); // what it counts are requests, and they keep it alive

    protected override RequestDelegate Build(ConcurrencyLimit policy, IngressEndpointContext endpoint, RequestDelegate rest)
    {
        var counts = _limiters.Get(endpoint.Route.Source.Name, policy);
        return async context =>
        {
            var request = HeaderEditing.RequestOf(context);
            if (policy.IsExempt(request.ClientAddress))
            {
                await rest(context);
                return;
            }

            var client = ClientKey.Of(request, policy.Key);
            if (!counts.TryEnter(client))
            {
                context.Response.Headers.RetryAfter = "1";
                await PlainTextResponse.LimitedAsync(context, policy.Status);
                return;
            }

            try
            {
                await rest(context);
            }
            finally
            {
                counts.Leave(client);
            }
        };
    }
}

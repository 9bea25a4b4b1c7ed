using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.AspNetCore;

/// <summary>Carries out policies of one type that let requests in or refuse them.</summary>
internal abstract class AccessStep<TPolicy> : PolicyStep<TPolicy>, IAccessStep
    where TPolicy : RoutePolicy
{
    Func<HttpContext, ValueTask<AccessOutcome>>? IAccessStep.BuildCheck(RoutePolicy policy, IngressEndpointContext endpoint)
        => BuildCheck((TPolicy)policy, endpoint);

    public virtual void Clean(HttpContext context)
    {
    }

    protected abstract Func<HttpContext, ValueTask<AccessOutcome>>? BuildCheck(TPolicy policy, IngressEndpointContext endpoint);

    protected sealed override RequestDelegate Build(TPolicy policy, IngressEndpointContext endpoint, RequestDelegate rest)
    {
        if (BuildCheck(policy, endpoint) is not { } check)
        {
            return rest;
        }

        return async context =>
        {
            var outcome = await check(context);
            if (outcome.Answer is { } answer)
            {
                await answer(context);
                return;
            }

            Clean(context);
            await rest(context);
        };
    }

    /// <summary>Whether the path of the rule, as it is written, is among those of which nothing is asked.</summary>
    protected static bool IsExempt(IngressEndpointContext endpoint, IEnumerable<string> beginnings)
        => endpoint.Route.PathAsWritten is { } path && beginnings.Any(beginning => path.StartsWith(beginning, StringComparison.Ordinal));
}

using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.AspNetCore;

/// <summary>Lets a request in when one of several policies does.</summary>
/// <param name="steps">The steps by type of policy.</param>
internal sealed class AnyAccessStep(IReadOnlyDictionary<Type, IPolicyStep> steps) : PolicyStep<AnyAccess>
{
    protected override RequestDelegate Build(AnyAccess policy, IngressEndpointContext endpoint, RequestDelegate rest)
    {
        var checks = new List<Func<HttpContext, ValueTask<AccessOutcome>>>();
        var cleaners = new List<IAccessStep>();
        foreach (var one in policy.Policies)
        {
            if (steps.GetValueOrDefault(one.GetType()) is IAccessStep step)
            {
                if (step.BuildCheck(one, endpoint) is { } check)
                {
                    checks.Add(check);
                    cleaners.Add(step);
                }
            }
            else if (one is RequestPolicy evaluated)
            {
                checks.Add(context => ValueTask.FromResult(Evaluate(evaluated, context)));
            }
            else
            {
                // What nothing here can look at might have refused the request.
                return IngressEndpointContext.Unavailable;
            }
        }

        return checks.Count == 0 ? rest : new Chain([.. checks], [.. cleaners], rest).InvokeAsync;
    }

    private static AccessOutcome Evaluate(RequestPolicy policy, HttpContext context)
    {
        var outcome = policy.Evaluate(HeaderEditing.RequestOf(context));
        return outcome.IsAnswer ? AccessOutcome.Refused(outcome.Status, context => EvaluatedStep.AnswerAsync(context, outcome))
            : policy is AddressList { Allowed.IsEmpty: true } ? AccessOutcome.NoOpinion
            : AccessOutcome.Granted;
    }

    private sealed class Chain(Func<HttpContext, ValueTask<AccessOutcome>>[] checks, IAccessStep[] cleaners, RequestDelegate rest)
    {
        public async Task InvokeAsync(HttpContext context)
        {
            var refused = AccessOutcome.NoOpinion;
            foreach (var check in checks)
            {
                var outcome = await check(context);
                if (outcome.IsGranted)
                {
                    refused = outcome;
                    break;
                }

                // That something fails is no verdict, and nothing else is asked.
                if (outcome.Status is not (0 or StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden))
                {
                    refused = outcome;
                    break;
                }

                // A client that can say who it is should know.
                if (outcome.Answer is not null && refused.Status != StatusCodes.Status401Unauthorized)
                {
                    refused = outcome;
                }
            }

            if (refused.Answer is { } answer)
            {
                await answer(context);
                return;
            }

            foreach (var cleaner in cleaners)
            {
                cleaner.Clean(context);
            }

            await rest(context);
        }
    }
}

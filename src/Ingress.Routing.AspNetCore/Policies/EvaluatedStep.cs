using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.AspNetCore;

/// <summary>Does what a policy decides from the request alone.</summary>
internal sealed class EvaluatedStep(RequestPolicy policy, RequestDelegate rest)
{
    // The status with which nginx closes a connection instead of answering.
    private const int NoAnswer = 444;

    public Task InvokeAsync(HttpContext context)
    {
        var match = (IngressMatchFeature)context.GetIngressMatch()!; // the endpoint was selected by a match
        var outcome = policy.Evaluate(match.RequestOf(context));
        if (outcome.IsAnswer)
        {
            return AnswerAsync(context, outcome);
        }

        if (outcome.Target is { } target)
        {
            match.Rewrite(target, outcome.StrippedPrefix);
        }

        return rest(context);
    }

    /// <summary>Gives the answer of a policy.</summary>
    public static Task AnswerAsync(HttpContext context, PolicyOutcome outcome)
    {
        var answer = WriteAsync(context, outcome);
        if (context.GetIngressRecord() is { } record && record.Reason != AnswerReason.Address)
        {
            record.Reason = outcome.Location is null ? AnswerReason.Policy : AnswerReason.Redirect;
        }

        return answer;
    }

    private static Task WriteAsync(HttpContext context, PolicyOutcome outcome)
    {
        switch (outcome.Status)
        {
            case NoAnswer:
                context.Abort();
                return Task.CompletedTask;

            case var status when outcome.Text is not null:
                return PlainTextResponse.TextAsync(context, status, outcome.Text);

            case StatusCodes.Status400BadRequest:
                return PlainTextResponse.BadRequestAsync(context);

            case StatusCodes.Status403Forbidden:
                return PlainTextResponse.NotAdmittedAsync(context);

            case StatusCodes.Status503ServiceUnavailable:
                return PlainTextResponse.UnavailableAsync(context);
        }

        context.Response.StatusCode = outcome.Status;
        context.Response.ContentLength = 0;
        if (outcome.Location is { } location)
        {
            context.Response.Headers.Location = location;
        }

        return Task.CompletedTask;
    }
}

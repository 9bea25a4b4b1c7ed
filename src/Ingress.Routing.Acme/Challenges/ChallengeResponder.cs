using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Ingress.Routing.Acme.Challenges;

/// <summary>Answers requests of the CA for a token that waits, before everything else of the application. All other requests pass untouched.</summary>
internal sealed class ChallengeResponder(ChallengeAnswers answers) : IStartupFilter
{
    private const string Prefix = "/.well-known/acme-challenge/";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, pipeline) => answers.HasTokens && FindAnswer(context) is { } answer ? AnswerAsync(context, answer) : pipeline(context));
        next(app);
    };

    private string? FindAnswer(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            return null;
        }

        // As it was sent: what only becomes the path by decoding is not what a CA sends. A server for tests leaves the raw target empty.
        var target = context.Features.Get<IHttpRequestFeature>() is { RawTarget: { Length: > 0 } raw } ? raw : context.Request.Path.Value ?? "";
        return target.StartsWith(Prefix, StringComparison.Ordinal) ? answers.FindAnswer(target.AsSpan(Prefix.Length), context.Request.Host.Host) : null;
    }

    private static Task AnswerAsync(HttpContext context, string answer)
    {
        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = answer.Length;
        context.Response.Headers.CacheControl = "no-store";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(answer);
    }
}

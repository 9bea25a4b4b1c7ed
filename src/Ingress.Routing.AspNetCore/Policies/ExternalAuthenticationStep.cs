using System.Net.Security;
using System.Text;
using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.AspNetCore;

/// <summary>Asks an external service about requests.</summary>
internal sealed partial class ExternalAuthenticationStep(TimeProvider time, ILogger logger) : AccessStep<ExternalAuthentication>
{
    private static readonly int[] s_cookieStatuses = [200, 201, 204, 206, 301, 302, 303, 304, 307, 308];

    private readonly Lazy<HttpMessageInvoker> _verifying = new(static () => Invoker(verifies: true));
    private readonly Lazy<HttpMessageInvoker> _trusting = new(static () => Invoker(verifies: false));

    protected override Func<HttpContext, ValueTask<AccessOutcome>>? BuildCheck(ExternalAuthentication policy, IngressEndpointContext endpoint)
    {
        if (IsExempt(endpoint, policy.ExemptPaths))
        {
            return null;
        }

        // Without a host in the rule, the client would choose who is asked.
        if (policy.Url.IsOfRequestHost && endpoint.Route.Host is null)
        {
            Log.NoHost(logger, endpoint.Route.Id);
            return static _ => ValueTask.FromResult(AccessOutcome.Refused(StatusCodes.Status503ServiceUnavailable, PlainTextResponse.UnavailableAsync));
        }

        var cache = policy.CacheKey is null ? null : new VerdictCache(time);
        var id = endpoint.Route.Id;
        return async context =>
        {
            var verdict = await AskAsync(context, policy, cache, id);
            return OutcomeOf(context, policy, verdict);
        };
    }

    private async ValueTask<Verdict> AskAsync(HttpContext context, ExternalAuthentication policy, VerdictCache? cache, string route)
    {
        var key = cache is null ? null : policy.CacheKeyFor(HeaderEditing.RequestOf(context));
        if (key is not null && cache!.Find(key) is { } known)
        {
            return known;
        }

        using var question = AuthenticationRequest.Of(context, policy);
        if (question is null)
        {
            Log.NoUrl(logger, route);
            return Verdict.None;
        }

        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        cancellation.CancelAfter(policy.Timeout);
        try
        {
            using var response = await (policy.VerifiesCertificate ? _verifying : _trusting).Value.SendAsync(question, cancellation.Token);
            var verdict = Verdict.Of(response, policy);
            if (key is not null)
            {
                cache!.Add(key, verdict, verdict.LifetimeIn(policy));
            }

            if (!verdict.IsGranted && verdict.Status is not (401 or 403))
            {
                Log.Unexpected(logger, route, verdict.Status);
            }

            return verdict;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException)
        {
            if (!context.RequestAborted.IsCancellationRequested)
            {
                Log.Failed(logger, route, exception.Message);
            }

            return Verdict.None;
        }
    }

    private static AccessOutcome OutcomeOf(HttpContext context, ExternalAuthentication policy, Verdict verdict)
    {
        if (verdict.IsGranted)
        {
            Pass(context.Request.Headers, verdict);
            AddCookies(context, policy, verdict);
            return AccessOutcome.Granted;
        }

        return verdict.Status switch
        {
            StatusCodes.Status401Unauthorized => AccessOutcome.Refused(verdict.Status, context =>
            {
                AddCookies(context, policy, verdict);
                return policy.SignIn is { } signIn ? SignInRedirect.AnswerAsync(context, signIn) : PlainTextResponse.UnauthorizedAsync(context, verdict.Challenge);
            }),
            StatusCodes.Status403Forbidden => AccessOutcome.Refused(verdict.Status, context =>
            {
                AddCookies(context, policy, verdict);
                return PlainTextResponse.RefusedAsync(context);
            }),
            _ => AccessOutcome.Refused(StatusCodes.Status500InternalServerError, PlainTextResponse.UndecidedAsync),
        };
    }

    // What the service does not send, the client did not send either. Nor did it send anything that a backend could take for that.
    private static void Pass(IHeaderDictionary headers, Verdict verdict)
    {
        foreach (var (name, value) in verdict.Headers)
        {
            foreach (var other in headers.Keys.Where(other => HeaderSpelling.IsOther(other, name)).ToList())
            {
                headers.Remove(other);
            }

            if (value.Length == 0)
            {
                headers.Remove(name);
            }
            else
            {
                headers[name] = value;
            }
        }
    }

    private static void AddCookies(HttpContext context, ExternalAuthentication policy, Verdict verdict)
    {
        if (verdict.Cookies.Length == 0)
        {
            return;
        }

        context.Response.OnStarting(() =>
        {
            if (policy.AlwaysSetsCookies || s_cookieStatuses.Contains(context.Response.StatusCode))
            {
                foreach (var cookie in verdict.Cookies)
                {
                    context.Response.Headers.Append("Set-Cookie", cookie);
                }
            }

            return Task.CompletedTask;
        });
    }

    // One for all routes, with connections that are used again.
    private static HttpMessageInvoker Invoker(bool verifies)
    {
        var handler = new SocketsHttpHandler
        {
            ActivityHeadersPropagator = null, // the headers of the client go on as they are
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5), // so that changes of DNS are seen
            RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
            UseCookies = false,
            UseProxy = false,
        };
        if (!verifies)
        {
#pragma warning disable CA5359 // ingress-nginx does not verify it, and its annotations mean that
            handler.SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = static (_, _, _, _) => true };
#pragma warning restore CA5359
        }

        return new(handler);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Route '{Route}' has no host, and its external authentication asks the host of the request. It answers 503.", EventName = "NoHost")]
        public static partial void NoHost(ILogger logger, string route);

        [LoggerMessage(2, LogLevel.Warning, "What a request brings along leads the external authentication of route '{Route}' to another path. It is answered with 500.", EventName = "NoUrl")]
        public static partial void NoUrl(ILogger logger, string route);

        [LoggerMessage(3, LogLevel.Warning, "The external authentication of route '{Route}' answered {Status}. The request is answered with 500.", EventName = "Unexpected")]
        public static partial void Unexpected(ILogger logger, string route, int status);

        [LoggerMessage(4, LogLevel.Warning, "The external authentication of route '{Route}' gave no answer, and the request is answered with 500: {Reason}", EventName = "Failed")]
        public static partial void Failed(ILogger logger, string route, string reason);
    }
}

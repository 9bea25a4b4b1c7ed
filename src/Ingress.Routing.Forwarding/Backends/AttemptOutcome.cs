using System.Globalization;
using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.Forwarding.Backends;

/// <summary>What came of one attempt.</summary>
/// <param name="Response">The response; null when there is none.</param>
/// <param name="Exception">Why there is none.</param>
/// <param name="Failure">What counts as failed; null when nothing does.</param>
/// <param name="WasSent">Whether the endpoint may have got a part of the request.</param>
internal readonly record struct AttemptOutcome(HttpResponseMessage? Response, Exception? Exception, RetryConditions? Failure, bool WasSent)
{
    /// <summary>Whether the connection ended before a byte of the response.</summary>
    public bool IsUnanswered { get; init; }

    /// <summary>Whether that was a connection that had answered before, so that the endpoint itself may be well.</summary>
    public bool IsStale { get; init; }

    /// <summary>Whether that was a connection over HTTP/2, which may have been open for long, and may have carried other requests.</summary>
    public bool IsLost { get; init; }

    /// <summary>What went wrong, for people.</summary>
    public string Cause => Response is not null
        ? "status " + ((int)Response.StatusCode).ToString(CultureInfo.InvariantCulture)
        : FailureCause.Of(Exception);

    /// <summary>An answer.</summary>
    public static AttemptOutcome Of(HttpResponseMessage response) => new(response, null, FailureOf((int)response.StatusCode), WasSent: true);

    /// <summary>Whether the request may be sent once more.</summary>
    /// <param name="policy">What the policies of the route say; null where they say nothing, and only what is safe is done.</param>
    /// <param name="method">The method.</param>
    /// <param name="hasBody">Whether a body goes with it.</param>
    // Whether POST may be repeated is a question only once an endpoint may have begun to act on it.
    public bool MayGoOn(Retries? policy, string method, bool hasBody)
    {
        if (Failure is not { } failure)
        {
            return false;
        }

        if (policy is null)
        {
            return !WasSent || (IsUnanswered && !hasBody && IsSafe(method));
        }

        return (policy.Conditions & failure) != RetryConditions.None
            && (!WasSent || IsIdempotent(method) || policy.Conditions.HasFlag(RetryConditions.NonIdempotent));
    }

    // As nginx has it, for whoever asks for retries.
    private static bool IsIdempotent(string method) => !HttpMethods.IsPost(method) && !HttpMethods.IsPatch(method) && method != "LOCK";

    // RFC 9110, 9.2.2. Other methods may mean anything.
    private static bool IsSafe(string method)
        => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsPut(method) || HttpMethods.IsDelete(method);

    private static RetryConditions? FailureOf(int status) => status switch
    {
        403 => RetryConditions.Status403,
        404 => RetryConditions.Status404,
        429 => RetryConditions.Status429,
        500 => RetryConditions.Status500,
        502 => RetryConditions.Status502,
        503 => RetryConditions.Status503,
        504 => RetryConditions.Status504,
        _ => null,
    };
}

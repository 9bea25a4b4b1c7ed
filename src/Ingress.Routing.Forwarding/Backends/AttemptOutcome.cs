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
    /// <summary>What went wrong, for people.</summary>
    public string Cause => FailureCause.Printable(
        Response is not null ? ((int)Response.StatusCode).ToString(CultureInfo.InvariantCulture) : Exception?.Message ?? "");

    /// <summary>An answer.</summary>
    public static AttemptOutcome Of(HttpResponseMessage response) => new(response, null, FailureOf((int)response.StatusCode), WasSent: true);

    /// <summary>Whether a policy lets the request go on to another endpoint.</summary>
    // Whether POST may be repeated is a question only once an endpoint may have begun to act on it.
    public bool MayGoOn(RetryConditions conditions, string method)
        => Failure is { } failure
            && (conditions & failure) != RetryConditions.None
            && (!WasSent || IsIdempotent(method) || conditions.HasFlag(RetryConditions.NonIdempotent));

    private static bool IsIdempotent(string method) => !HttpMethods.IsPost(method) && !HttpMethods.IsPatch(method) && method != "LOCK";

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

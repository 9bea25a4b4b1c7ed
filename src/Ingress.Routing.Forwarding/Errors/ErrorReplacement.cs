using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.Forwarding.Errors;

/// <summary>That errors of this request are replaced, so that nothing is written in their place before.</summary>
/// <param name="policy">Which errors.</param>
/// <param name="earlier">What the application said about its own error pages.</param>
internal sealed class ErrorReplacement(ErrorPages policy, IStatusCodePagesFeature? earlier) : IStatusCodePagesFeature
{
    // To everything that answers: the status is enough.
    public bool Enabled { get; set; } = true;

    public static ErrorReplacement? Of(HttpContext context) => context.Features.Get<IStatusCodePagesFeature>() as ErrorReplacement;

    public bool ReplacesBackend(int status) => Enabled && !policy.LeavesBackendErrors && policy.Statuses.Contains(status);

    /// <summary>Whether an answer is to be replaced that was given so far.</summary>
    public bool Replaces(HttpResponse response) => !response.HasStarted && policy.Statuses.Contains(response.StatusCode);

    /// <summary>Puts things as they were.</summary>
    public void End(HttpContext context)
    {
        Enabled = false;
        context.Features.Set(earlier);
    }
}

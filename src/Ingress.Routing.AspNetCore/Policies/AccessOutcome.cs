using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.AspNetCore;

/// <summary>What one policy says about letting a request in: yes, no with an answer, or nothing.</summary>
/// <param name="IsGranted">Whether it lets the request in.</param>
/// <param name="Status">The status of the answer; zero when it refuses nothing.</param>
/// <param name="Answer">Gives the answer; null when it refuses nothing.</param>
internal readonly record struct AccessOutcome(bool IsGranted, int Status, RequestDelegate? Answer)
{
    public static AccessOutcome Granted => new(true, 0, null);

    /// <summary>It neither lets the request in nor refuses it.</summary>
    public static AccessOutcome NoOpinion => default;

    public static AccessOutcome Refused(int status, RequestDelegate answer) => new(false, status, answer);
}

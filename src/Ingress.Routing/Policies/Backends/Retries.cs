using System.Globalization;

namespace Ingress.Routing.Policies;

/// <summary>When a request is sent to another endpoint because the first one failed.</summary>
/// <remarks>
/// Only other endpoints are tried, each once; never after a byte of the response has gone to the client, nor when a part of the body has been
/// read that is not kept. A request that never reached an endpoint goes on whatever its method.
/// </remarks>
public sealed record Retries : RoutePolicy
{
    /// <summary>After what.</summary>
    public RetryConditions Conditions { get; init; } = RetryConditions.Error | RetryConditions.Timeout;

    /// <summary>How many endpoints are tried, the first one included; zero sets no limit but their number.</summary>
    public int MaxTries { get; init; } = 3;

    /// <summary>After how much time no further endpoint is tried; null sets no limit.</summary>
    public TimeSpan? MaxTime { get; init; }

    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.Backend;

    /// <inheritdoc />
    public override string Describe()
    {
        if ((Conditions & ~RetryConditions.NonIdempotent) == RetryConditions.None)
        {
            return "try one endpoint";
        }

        var tries = MaxTries == 0 ? "all endpoints" : string.Create(CultureInfo.InvariantCulture, $"up to {MaxTries} endpoints");
        var time = MaxTime is { } limit ? string.Create(CultureInfo.InvariantCulture, $", for {limit.TotalSeconds:0.###} s") : "";
        return $"try {tries} after {string.Join(", ", Words())}{time}";
    }

    private IEnumerable<string> Words()
    {
        foreach (var condition in Enum.GetValues<RetryConditions>())
        {
            if (condition != RetryConditions.None && Conditions.HasFlag(condition))
            {
                yield return condition switch
                {
                    RetryConditions.Error => "an error",
                    RetryConditions.Timeout => "a time-out",
                    RetryConditions.InvalidResponse => "an invalid response",
                    RetryConditions.NonIdempotent => "for any method",
                    _ => condition.ToString()["Status".Length..],
                };
            }
        }
    }
}

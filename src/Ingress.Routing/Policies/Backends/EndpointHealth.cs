using System.Globalization;

namespace Ingress.Routing.Policies;

/// <summary>When an endpoint gets no requests for a while, judged by those that it got.</summary>
/// <remarks>
/// The only endpoint of a Service gets them all the same, and where too few would be left, all get them. Connections that an endpoint had kept and closed
/// say nothing against it.
/// </remarks>
public sealed record EndpointHealth : RoutePolicy
{
    /// <summary>After how many failures in a row an endpoint is set aside; zero never does so.</summary>
    /// <remarks>Failures are connections that are refused, not taken in time or broken, requests that are not answered in time, and <see cref="FailureStatuses"/>.</remarks>
    public int MaxFailures { get; init; } = 5;

    /// <summary>Answers that count as failures.</summary>
    public StatusRanges FailureStatuses { get; init; } = StatusRanges.None;

    /// <summary>For how long an endpoint is set aside at first. Each time after that it is twice as long, until it has been well for a while.</summary>
    public TimeSpan AsideTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>For how long it is at most.</summary>
    public TimeSpan MaxAsideTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether endpoints are set aside that fail far more often, or answer far later, than the others of the Service.</summary>
    public bool NoticesOutliers { get; init; } = true;

    /// <summary>For how long an endpoint that is new, or comes back, gets fewer requests than its share; zero gives it all at once.</summary>
    public TimeSpan SlowStart { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>When fewer than this share of the endpoints would get requests, in percent, all get them.</summary>
    public int PanicPercent { get; init; } = 20;

    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.Backend;

    /// <inheritdoc />
    public override string Describe()
    {
        var failures = MaxFailures == 0
            ? "no failures"
            : string.Create(CultureInfo.InvariantCulture, $"{MaxFailures} failures in a row{(FailureStatuses.IsEmpty ? "" : $", {FailureStatuses} among them")}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"set endpoints aside after {failures}{(NoticesOutliers ? ", and outliers" : "")}, for {AsideTime.TotalSeconds:0.###} s to {MaxAsideTime.TotalSeconds:0.###} s");
    }

    /// <summary>Returns what it does.</summary>
    public override string ToString() => Describe();
}

using Ingress.Routing.Policies;

namespace Ingress.Routing.Tests.Policies;

/// <summary>What annotations say about the health of endpoints, and about times for the whole of a request.</summary>
public sealed class HealthTests
{
    [Fact]
    public void Annotations_MakePolicies()
    {
        var policies = PolicyScenario.Of(
            ("health-failures", "3"),
            ("health-failure-statuses", "500-504, 429"),
            ("health-aside-time", "2.5"),
            ("health-max-aside-time", "30"),
            ("health-outliers", "false"),
            ("health-slow-start", "0"),
            ("health-panic-threshold", "50"),
            ("health-probe-path", "/healthz?deep=1"),
            ("health-probe-host", "probe.test"),
            ("health-probe-port", "8081"),
            ("health-probe-interval", "1"),
            ("health-probe-timeout", "0.5"),
            ("health-probe-statuses", "204"),
            ("health-probe-rise", "1"),
            ("health-probe-fall", "5"),
            ("backend-first-byte-timeout", "7"),
            ("backend-total-timeout", "70")).Policies;

        Assert.True(StatusRanges.TryParse("500-504, 429", out var statuses));
        Assert.Equal(
            new EndpointHealth
            {
                MaxFailures = 3,
                FailureStatuses = statuses,
                AsideTime = TimeSpan.FromSeconds(2.5),
                MaxAsideTime = TimeSpan.FromSeconds(30),
                NoticesOutliers = false,
                SlowStart = TimeSpan.Zero,
                PanicPercent = 50,
            },
            policies.Find<EndpointHealth>());
        var probe = policies.Find<HealthProbe>()!;
        Assert.Equal("ask endpoints for /healthz?deep=1 every 1 s, and expect 204", probe.Describe());
        Assert.Equal(("probe.test", 8081, 1, 5, TimeSpan.FromSeconds(0.5)), (probe.Host, probe.Port, probe.Rise, probe.Fall, probe.Timeout));
        Assert.Equal("wait for the backend: 7 s to begin, 70 s in all", policies.Find<BackendTimeouts>()!.Describe());
    }

    [Theory]
    [InlineData("health-failures", "-1")]
    [InlineData("health-failure-statuses", "5xx")]
    [InlineData("health-failure-statuses", "504-500")]
    [InlineData("health-failure-statuses", "99")]
    [InlineData("health-aside-time", "0")]
    [InlineData("health-slow-start", "-1")]
    [InlineData("health-panic-threshold", "101")]
    [InlineData("health-probe-path", "healthz")]
    [InlineData("health-probe-path", "/a b")]
    [InlineData("health-probe-path", "")]
    public void WrongText_IsReported_AndIgnored(string name, string text)
    {
        var scenario = PolicyScenario.Of((name, text));

        Assert.Single(scenario.Findings);
        Assert.Null(scenario.Policies.Find<EndpointHealth>());
        Assert.Null(scenario.Policies.Find<HealthProbe>());
    }

    [Fact]
    public void ProbeWithoutAPath_IsReported()
    {
        var scenario = PolicyScenario.Of(("health-probe-interval", "1"));

        Assert.Contains("'ingress.routing/health-probe-path' is missing", Assert.Single(scenario.Findings).Message, StringComparison.Ordinal);
        Assert.Null(scenario.Policies.Find<HealthProbe>());
    }

    [Fact]
    public void Defaults_AreCareful()
    {
        var health = new EndpointHealth();

        Assert.Equal("set endpoints aside after 5 failures in a row, and outliers, for 5 s to 60 s", health.Describe());
        Assert.Equal((20, TimeSpan.FromSeconds(10)), (health.PanicPercent, health.SlowStart));
        Assert.Throws<ArgumentException>(() => new HealthProbe("a"));
        Assert.Throws<ArgumentNullException>(() => new HealthProbe(null!));
    }

    [Fact]
    public void Statuses_AreEqualWhenTheirTextsAre()
    {
        Assert.True(StatusRanges.TryParse("200-399", out var read));
        Assert.Equal(StatusRanges.Successes, read);
        Assert.True(read.Contains(399));
        Assert.False(read.Contains(400));
        Assert.True(StatusRanges.None.IsEmpty);
        Assert.False(StatusRanges.TryParse("", out _));
        Assert.False(StatusRanges.TryParse(null, out _));
    }
}
